"""How large a row is: what decides how many units it costs."""

from loyalty.adapters.dynamodb.items import Item

KILOBYTE = 1024


def size(row: Item) -> int:
    """Return a row's size by DynamoDB's rule."""
    return sum(len(name.encode()) + _size(value) for name, value in row.items())


def _size(value: object) -> int:
    assert isinstance(value, dict)
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return (len(content) + 1) // 2 + 1
        case "L":
            return 3 + sum(1 + _size(each) for each in content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _size(each) for name, each in content.items())
        case _:
            return 1
