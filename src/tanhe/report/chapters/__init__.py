"""The parts of the verification report (核查报告各部分): one module per chapter or part."""
