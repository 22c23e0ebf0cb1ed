"""The mutation benchmark on documents: one defect at a time printed into a finished report, then read and checked."""
