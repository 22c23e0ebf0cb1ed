"""stub"""
def recogniser():
    return None
def missing():
    return "no ocr"
