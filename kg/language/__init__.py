"""What is known of Chinese: tokens, numbers and units, dates, divisions, how names are built; word lists as data."""
