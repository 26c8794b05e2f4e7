"""Pages of our own that have the defects of recognised newspapers."""

from __future__ import annotations

from kg.model import Article, Role
from kg.reading.formats import articles_of

COLUMNS = """
家门口的好服务 小院里的好日子 心坎上的好办法

东湖区：把议事桌搬进小院

沈佳余 陆 璐 卫 琳



清晨七点，梧桐小院里已经坐满了人。

今年以来，东湖区建成小院议事会24个，累计议

事310次，解决了停车、充电等难题。居民魏大爷说：“有事一起商量，心里就



梧桐社区居民在小院里议事

亮堂了。”街道还请来专业律师，每月坐班

聚邻里之力 建章立制 搭好议事平台

育、阅读等场所同步开放，全年服务8000余人次。（图片由东湖区委宣传部提供）

“小院虽小，却是连心的地方。”社区书记陆平说。



2023年5月6日，东湖区的志愿者在小院里修剪花木。

西岭县扎实推进梨园变公园

守住青山绿水 捧起金色饭碗

方 元

春天的西岭县，梨花开满山坡。

直播间里，主播两小时卖出八百箱新梨。
"""

DISPLACED = """# 小站点办大事情

魏东

楼下的服务站去年办件1200件。

# 新车站连着新生活

陆平

新车站有三个出口。

基础上，又添了一部电梯，老人上下楼不再发愁。

服务站还教老人用手机，受到大家欢迎。

# 老楼里的新电梯

沈佳余

老楼没有电梯，是居民多年的心病。

街道在征求意见的
"""

REPORT = """嘉禾：小院里的“共享议事厅”
2023-05-06 09:12 来源：嘉禾日报 作者：沈佳余

　　本报讯（记者 沈佳余 通讯员 陆璐）清晨7点，魏塘街道的小院里坐满了人。
　　一、搭平台
　　（一）建起“小院议事会”
　　今年以来，街道建成小院议事会24个；累计议事310次。
　　1.落实责任。明确由社区牵头。
　　2.建立台账。每月通报一次。
　　多措并举解难题
　　停车难、充电难，一个个问题摆上桌面。
　　记者：你们怎么想到这个办法？
　　陆璐：从居民的意见里来。
　　责任编辑：魏东
"""

WRAPPED = """东湖区把窗口搬到楼下
本报记者 沈佳余 通讯员 陆 璐
近日，东湖区的居民发现，楼下多了一个
小小的服务窗口。办事不用再跑三公里，
坐电梯下楼就行，老人尤其高兴。“真方
便！”七十岁的魏大爷说。
窗口全天都开
据介绍，这样的窗口全区已有三十六个，
覆盖十二个街道，日均办件四百余件，比
去年增长两成。
东湖区将继续推进窗口建设，让更多居
民受益。
西岭县：梨园里的直播间
沈佳余
春天的西岭县，梨花开满山坡。直播间里
主播正在介绍今年的新梨，订单一个接着
一个，两小时卖出八百箱。
"""

ALL = {"columns": COLUMNS, "displaced": DISPLACED, "report": REPORT, "wrapped": WRAPPED}


def read(text: str, suffix: str = ".txt") -> tuple[Article, ...]:
    return articles_of(text, suffix, f"page{suffix}")


def texts(article: Article, role: Role = Role.BODY) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.role is role]
