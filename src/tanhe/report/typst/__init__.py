"""The report as Typst source (报告的 Typst 源文): ``source`` writes it, ``report.typ`` holds the page layout."""
