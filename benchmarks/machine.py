"""What the tables say about the machine."""
import os
import platform


def cpu():
    """The CPU in words, with what it can do for a matrix product."""
    model, flags = platform.processor() or platform.machine(), ""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            facts = dict(line.split(":", 1) for line in lines if ":" in line)
        facts = {name.strip(): value.strip() for name, value in facts.items()}
        model = facts.get("model name", model)
        if "cpu family" in facts:
            model += f" (family {facts['cpu family']}, model {facts['model']})"
        vectors = [v for v in ("avx2", "avx512f") if v in facts.get("flags", "").split()]
        flags = ", " + vectors[-1].upper().replace("512F", "-512") if vectors else ""
    return f"{model}{flags}"


def table(header, rows):
    """A Markdown table: the first cell of a column that holds numbers ends in a colon."""
    names = [name.rstrip(":") for name in header]
    rule = ["---:" if name.endswith(":") else "---" for name in header]
    return "\n".join("| " + " | ".join(map(str, cells)) + " |" for cells in [names, rule, *rows])
