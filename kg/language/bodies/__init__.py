"""How the name of a body is read from a sentence.

`endings` finds how names end (局, 有限公司, 志愿服务队) and what each ending needs before it; `line` tells how far left
a name can reach from there, by what words stop it (`stops`); `starts` decides where it begins: with a place, a bare
level, the body whose part it is, or its own words (`own_names`, `companies`).
"""
