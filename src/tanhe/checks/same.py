"""One object as the key of a cache (同一对象): what several rules read from an inventory is read once."""

from __future__ import annotations

from dataclasses import dataclass

from tanhe.inventory.model import Inventory


@dataclass(frozen=True, eq=False)
class Same:
    """An inventory compared by identity: two keys are equal when they hold the same object."""

    inventory: Inventory

    def __hash__(self) -> int:
        return id(self.inventory)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.inventory is self.inventory
