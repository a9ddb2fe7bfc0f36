"""Tests of the small programs that run and judge notebooks."""

import tempfile
import unittest
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from clean import cleaned
from hygiene import problems
from keynumbers import differences, key_numbers


def executed(*outputs, tags=("key-numbers",)):
    cell = new_code_cell("run", execution_count=1, outputs=list(outputs), metadata={"tags": list(tags)})
    return new_notebook(cells=[cell])


def shown(text):
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


class KeyNumbers(unittest.TestCase):
    def test_numbers_within_the_tolerance_agree(self):
        self.assertEqual([], differences("income  0.8310  1,200", "income  0.8402  1,210"))

    def test_a_number_outside_of_it_is_named(self):
        self.assertEqual(
            ["expected 0.83, found 0.5 (may differ by 0.0366)"], differences("income 0.83", "income 0.5")
        )

    def test_a_word_must_be_equal(self):
        self.assertEqual(1, len(differences("pcgrad 0.5", "cagrad 0.5")))

    def test_a_missing_number_is_a_difference(self):
        self.assertEqual(1, len(differences("a 0.5 0.6", "a 0.5")))

    def test_a_sign_counts(self):
        self.assertEqual(1, len(differences("gain -0.5", "gain 0.5")))

    def test_only_tagged_cells_count(self):
        notebook = executed(shown("a 1"))
        notebook.cells.append(new_code_cell("other", outputs=[shown("b 2")]))
        self.assertEqual("a 1\n", key_numbers(notebook))

    def test_the_live_view_does_not_count(self):
        live = new_output("display_data", data={"text/plain": "10 epochs in 3.8 s"})
        self.assertEqual("a 1\n", key_numbers(executed(live, shown("a 1"))))


class Cleaning(unittest.TestCase):
    def test_paths_and_time_stamps_go(self):
        notebook = executed(shown("saved /here/there/model.zip"))
        notebook.cells[0].metadata["execution"] = {"iopub.execute_input": "2026-01-01"}
        cell = cleaned(notebook, Path("/here/there")).cells[0]
        self.assertEqual("saved ./model.zip", cell.outputs[0].data["text/plain"])
        self.assertNotIn("execution", cell.metadata)


class Hygiene(unittest.TestCase):
    def judged(self, notebook):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.ipynb")
            nbformat.write(notebook, path)
            return problems(path)

    def test_a_saved_run_is_in_order(self):
        self.assertEqual([], self.judged(executed(shown("a 1"))))

    def test_an_error_output_is_a_problem(self):
        failed = new_output("error", ename="IllegalStateException", evalue="", traceback=[])
        self.assertEqual(["code cell 1 failed: IllegalStateException"], self.judged(executed(failed)))

    def test_red_lines_are_a_problem(self):
        red = new_output("stream", name="stderr", text="SLF4J: none")
        self.assertEqual(["code cell 1 wrote to the error stream: 'SLF4J: none'"], self.judged(executed(red)))

    def test_a_machine_path_is_a_problem(self):
        self.assertEqual(
            ["names a path of one machine: /home/s..."], self.judged(executed(shown("/home/someone/data.csv")))
        )

    def test_untagged_and_unrun_notebooks_are_problems(self):
        notebook = executed(tags=())
        notebook.cells[0].execution_count = None
        self.assertEqual(2, len(self.judged(notebook)))

    def test_a_large_notebook_is_a_problem(self):
        self.assertEqual(1, len(self.judged(executed(shown("x" * 300_000)))))


if __name__ == "__main__":
    unittest.main()
