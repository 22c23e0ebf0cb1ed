"""The calculation workbook (计算底稿): the inventory as sheets of live formulas."""
