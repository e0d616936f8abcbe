"""A large made-up catalogue, for measuring: each name says whose, of what make, and what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, product

from catalog.search.readings import reading_of
from loyalty.domain.item import Item, ItemKind

OPENING = datetime(2026, 1, 1, tzinfo=UTC)

_HOUSES = """
山月 Shanyue, 云岭 Yunling, 北风 Northwind, 青禾 Qinghe, 海盐 Seasalt, 小满 Xiaoman, 木棉 Mumian
"""
_MAKES = """
复古 vintage, 便携 portable, 折叠 foldable, 竹纤维 bamboo fibre, 不锈钢 stainless steel,
实木 solid wood, 儿童 children's, 超薄 ultra thin, 加厚 extra thick, 静音 silent, 防水 waterproof,
磁吸 magnetic, 可充电 rechargeable, 迷你 mini, 大号 large, 旅行 travel, 硅胶 silicone, 玻璃 glass,
手工 handcrafted, 智能 smart
"""
_GOODS = {
    "home": """
        浴巾 bath sheet, 闹钟 alarm clock, 抱枕 cushion, 地毯 rug, 衣架 clothes hanger,
        收纳盒 storage box, 挂钩 wall hook, 花瓶 vase, 床单 bed sheet, 枕套 pillowcase,
        窗帘 curtain, 垃圾桶 dustbin
    """,
    "kitchen": """
        砧板 chopping board, 平底锅 frying pan, 菜刀 kitchen knife, 饭盒 lunch box, 围裙 apron,
        电饭煲 rice cooker, 榨汁机 juicer, 密封罐 sealed jar, 筷子 chopsticks, 汤勺 ladle,
        烤盘 baking tray
    """,
    "digital": """
        音箱 speaker, 键盘 keyboard, 鼠标 mouse, 数据线 data cable, 充电宝 power bank,
        手机壳 phone case, 支架 stand, 路由器 router, 移动硬盘 portable drive, 投影仪 projector,
        平板 tablet
    """,
    "outdoor": """
        帐篷 tent, 睡袋 sleeping bag, 登山杖 trekking pole, 野餐垫 picnic mat, 头灯 head torch,
        渔具 fishing gear, 瑜伽垫 yoga mat, 跳绳 skipping rope, 泳镜 swimming goggles,
        哑铃 dumbbell, 护膝 knee pad
    """,
    "stationery": """
        橡皮 eraser, 尺子 ruler, 订书机 stapler, 文件夹 folder, 便利贴 sticky notes, 书签 bookmark
    """,
    "beauty": """
        面膜 face mask, 护手霜 hand cream, 梳子 comb, 剃须刀 razor, 牙刷 toothbrush, 镜子 mirror
    """,
    "toys": """
        积木 building blocks, 拼图 jigsaw, 风筝 kite, 玩偶 doll, 飞盘 frisbee, 陀螺 spinning top
    """,
    "pets": """
        猫砂 cat litter, 狗粮 dog food, 牵引绳 leash, 猫爬架 cat tree, 宠物床 pet bed
    """,
    "food": """
        坚果 nuts, 蜂蜜 honey, 饼干 biscuits, 果酱 jam, 牛肉干 beef jerky, 巧克力 chocolate,
        米线 rice noodles
    """,
}


@dataclass(frozen=True)
class Part:
    """A part of a name."""

    zh: str
    en: str
    reading: str


def parts(texts: str) -> list[Part]:
    """Read parts of names."""
    pairs = [pair.split(maxsplit=1) for pair in texts.strip().split(",")]
    return [Part(zh, en, reading_of(zh)) for zh, en in pairs]


def shop_goods(count: int) -> Iterator[Item]:
    """Yield so many items (at most 10,500), always the same ones."""
    goods = [(category, good) for category, texts in _GOODS.items() for good in parts(texts)]
    combined = product(parts(_MAKES), parts(_HOUSES), goods)
    for number, (make, house, (category, good)) in enumerate(islice(combined, count)):
        name = (house, make, good)
        yield Item(
            item_id=f"item_{number:026x}",
            name={
                "zh": "".join(part.zh for part in name),
                "en": " ".join(part.en for part in name),
            },
            reading=" ".join(part.reading for part in name),
            kind=ItemKind.PHYSICAL,
            category=category,
            points=100 + number * 37 % 9_900,
            created_at=OPENING + timedelta(minutes=number),
            tags=(category, "gift") if number % 3 else (category,),
            description={"zh": "细节考究，日常好用。" * 6, "en": "Well made, for every day. " * 6},
        )
