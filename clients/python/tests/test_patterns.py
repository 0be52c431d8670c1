"""Patterns of integration, as they are in the documentation, against a server.

Only their frameworks are stood in for, and the name that they give the server. ``RUNS_URL`` is the
address of the server and ``GRIOT_API_KEY`` a key of a team.
"""

import os
import runpy
import socket
import sys
import unittest
import urllib.parse
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "frameworks")]

from griot_registry import SyncRegistryClient  # noqa: E402

URL = os.environ["RUNS_URL"]
SERVER = urllib.parse.urlsplit(URL)


KNOWN = [("registry", 8000), ("localhost", 8090)]


def at_server(host, port, *more, _lookup=socket.getaddrinfo, **named):
    """Knows where the server is that the scripts ask for, as the network of a company does."""
    if (host, port) in KNOWN:
        host, port = SERVER.hostname, SERVER.port
    return _lookup(host, port, *more, **named)


def load(pattern):
    """Runs a script, with the key where it looks for it."""
    return runpy.run_path(
        str(HERE / "patterns" / pattern), init_globals={"API_KEY": os.environ["GRIOT_API_KEY"]}
    )


class Patterns(unittest.TestCase):
    def setUp(self):
        self.client = SyncRegistryClient(URL)
        network = mock.patch("socket.getaddrinfo", at_server)
        network.start()
        self.addCleanup(network.stop)

    def only_run(self, contract, **filters):
        runs, total = self.client.list_runs(contract, **filters)
        self.assertEqual(total, 1)
        return self.client.get_run(runs[0]["id"])

    def test_first_steps(self):
        load("first_steps.py")

        run = self.only_run("orders", pipeline_name="daily-etl")
        self.assertEqual(run["status"], "completed")
        self.assertEqual(run["metadata"], {"rows": 50_000})
        self.assertEqual([it["status"] for it in run["validations"]], ["passed"])

    def test_first_steps_behind_a_gate(self):
        self.client.set_policy("orders-held-back", "fail")
        script = (HERE / "patterns" / "first_steps.py").read_text()
        script = script.replace('"orders"', '"orders-held-back"')
        script = script.replace("passed=True", "passed=False")
        with self.assertRaisesRegex(RuntimeError, "gate"):
            exec(compile(script, "first_steps.py", "exec"), {})

    def test_airflow(self):
        load("airflow_dag.py")

        run = self.only_run("user-events-contract")
        self.assertEqual(run["status"], "completed")
        self.assertEqual(run["pipeline_name"], "user_events_validation")
        self.assertEqual(run["pipeline_id"], "scheduled__2024-01-15T00:00:00+00:00")
        self.assertEqual(
            run["metadata"], {"execution_date": "2024-01-15 00:00:00+00:00", "try_number": 1}
        )
        self.assertIsNotNone(run["started_at"])
        self.assertIsNotNone(run["completed_at"])

    def test_dbt(self):
        on_run_end = load("dbt_on_run_end.py")["on_run_end"]
        for expected, words in (
            ("completed", ["success", "success"]),
            ("failed", ["success", "error"]),
        ):
            target = {"target": "prod"}
            run = self.client.create_run("dbt-contract", status="running", metadata=target)
            results = [SimpleNamespace(status=word) for word in words]
            environment = {"REGISTRY_URL": URL, "GRIOT_RUN_ID": run["id"]}
            with mock.patch.dict(os.environ, environment):
                on_run_end(SimpleNamespace(success=expected == "completed", results=results))

            after = self.client.get_run(run["id"])
            self.assertEqual(after["status"], expected)
            self.assertEqual(
                after["metadata"],
                {"target": "prod", "models_run": 2, "models_success": words.count("success")},
            )

    def test_dbt_without_a_run(self):
        on_run_end = load("dbt_on_run_end.py")["on_run_end"]
        before = self.client.list_runs()
        with mock.patch.dict(os.environ, {"REGISTRY_URL": URL}):
            os.environ.pop("GRIOT_RUN_ID", None)
            on_run_end(SimpleNamespace(success=True, results=[]))
        self.assertEqual(self.client.list_runs(), before)

    def test_prefect(self):
        load("prefect_flow.py")["data_pipeline"]("prefect-contract")

        run = self.only_run("prefect-contract")
        self.assertEqual(run["status"], "completed")
        self.assertEqual(run["pipeline_name"], "data_pipeline")


if __name__ == "__main__":
    unittest.main()
