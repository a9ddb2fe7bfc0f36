"""Writes the 'java' kernel of this environment: JJava with mtl4j on its class path.

Usage: kernelspec.py JAVA LIB    (the java command, the folder of jars)

pip has laid JJava's jars and its kernel.json into share/jupyter/kernels/java of the environment whose Python runs this.
The kernel is started directly, not through JJava's launcher: one JVM less, and paths may hold spaces.
"""

import json
import subprocess
import sys
from pathlib import Path

# Modules that JJava opens, as its launcher does.
JSHELL = ["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"]
# Half of the memory for the heap: ND4J's arrays live outside it.
OPTIONS = ["-XX:MaxRAMPercentage=50", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"]
# From JDK 24 on, ND4J's use of sun.misc.Unsafe prints a warning into the first cell.
UNSAFE = "--sun-misc-unsafe-memory-access=allow"
UNSAFE_SINCE = 24
# JJava reports each of its loops to java.util.logging as it starts and stops.
LOGGING = "handlers = java.util.logging.ConsoleHandler\n.level = WARNING\n"


def feature_version(java):
    """The JDK's number, 17 or 25, as the command itself says it."""
    lines = subprocess.run([java, "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True)
    for line in lines.stderr.splitlines():
        if line.strip().startswith("java.specification.version ="):
            return int(line.split("=")[1])
    raise SystemExit(f"{java} does not state its java.specification.version.")


def main(java, lib):
    folder = Path(sys.prefix, "share", "jupyter", "kernels", "java")
    spec_file = folder / "kernel.json"
    spec = json.loads(spec_file.read_text(encoding="utf-8"))
    logging = folder / "logging.properties"
    logging.write_text(LOGGING, encoding="utf-8")
    options = OPTIONS + [f"-Djava.util.logging.config.file={logging}"]
    if feature_version(java) >= UNSAFE_SINCE:
        options.append(UNSAFE)
    spec["argv"] = [java, *JSHELL, *options, "-jar", str(folder / "jjava.jar"), "{connection_file}"]
    spec["env"] = {"JJAVA_CLASSPATH": str(Path(lib, "*"))}
    spec_file.write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
