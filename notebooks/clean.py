"""What an executed notebook keeps: sources, outputs and nothing that differs between two machines."""

# As JJava's kernel spec states them; the JVM's version, which the kernel adds, is left out.
KERNELSPEC = {"display_name": "Java (jjava)", "language": "java", "name": "java"}
LANGUAGE = {"name": "java", "file_extension": ".jshell", "mimetype": "text/x-java-source"}


def cleaned(notebook, root):
    """The notebook without time stamps, kernel versions and the path of this checkout. Changes it and returns it."""
    notebook.metadata.kernelspec = dict(KERNELSPEC)
    notebook.metadata.language_info = dict(LANGUAGE)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            relative(output, str(root))
    return notebook


def relative(node, root):
    """Replaces the checkout's path in every text below this node."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(items):
        if isinstance(value, str):
            node[key] = value.replace(root, ".")
        elif isinstance(value, (dict, list)):
            relative(value, root)
