"""Findings as text, SARIF, HTML and JSON (核查发现的输出格式)."""
