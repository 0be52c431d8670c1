"""The client against a server, and against servers that behave badly.

``RUNS_URL`` is the address of the server and ``GRIOT_API_KEY`` a key of a team that may read and
write runs, record validations and set policies.
"""

import contextlib
import datetime
import http.server
import json
import os
import socket
import sys
import threading
import unittest
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from griot_registry import (  # noqa: E402
    BreakingChangeError,
    ContractNotFoundError,
    RegistryClientError,
    SyncRegistryClient,
    ValidationError,
)

URL = os.environ["RUNS_URL"]
KEY = os.environ["GRIOT_API_KEY"]


def a_contract():
    return "contract-" + str(uuid.uuid4())


class Runs(unittest.TestCase):
    def setUp(self):
        self.contract = a_contract()
        self.client = SyncRegistryClient(URL)

    def test_a_run_has_all_that_was_said_of_it(self):
        said = {
            "contract_id": self.contract,
            "contract_version": "1.2.0",
            "schema_name": "orders",
            "pipeline_name": "daily-etl",
            "pipeline_id": "airflow-dag-123",
            "environment": "production",
            "trigger": "scheduled",
            "status": "running",
            "metadata": {"dag_id": "user_events", "tries": 1, "ratio": 0.25, "ümlaut": [None]},
        }
        made = self.client.create_run(**said)
        seen = self.client.get_run(made["id"])
        for run in made, seen:
            self.assertEqual({name: run[name] for name in said}, said)
            self.assertIsNone(run["completed_at"])
            self.assertTrue(run["started_at"].endswith("Z"))
            self.assertTrue(run["created_at"].endswith("Z"))
            self.assertTrue(run["created_by"])
        self.assertEqual(seen["validations"], [])

    def test_a_run_of_which_little_is_said_is_pending(self):
        run = self.client.create_run(self.contract)
        self.assertEqual(run["status"], "pending")
        self.assertEqual(run["metadata"], {})
        self.assertIsNone(run["pipeline_name"])

    def test_the_order_of_arguments_is_that_of_the_registry(self):
        run = self.client.create_run(
            self.contract, "2.0", "orders", "id-1", "staging", "manual", {"a": 1}
        )
        self.assertEqual(run["contract_version"], "2.0")
        self.assertEqual(run["schema_name"], "orders")
        self.assertEqual(run["pipeline_id"], "id-1")
        self.assertEqual(run["environment"], "staging")
        self.assertEqual(run["trigger"], "manual")
        self.assertEqual(run["metadata"], {"a": 1})

    def test_a_run_may_be_a_part_of_another(self):
        parent = self.client.create_run(self.contract, status="running")
        child = self.client.create_run(self.contract, parent_run_id=parent["id"])
        self.assertEqual(self.client.get_run(child["id"])["parent_run_id"], parent["id"])

    def test_an_update_merges_metadata_and_removes_what_is_none(self):
        run = self.client.create_run(self.contract, metadata={"a": 1, "b": {"c": 2, "d": 3}})
        changed = self.client.update_run(run["id"], metadata={"a": None, "b": {"c": 4}, "e": "f"})
        self.assertEqual(changed["metadata"], {"b": {"c": 4, "d": 3}, "e": "f"})
        self.assertEqual(changed["status"], "pending")
        self.assertEqual(self.client.get_run(run["id"])["metadata"], changed["metadata"])

    def test_an_update_says_all_at_once(self):
        run = self.client.create_run(self.contract, status="running")
        ended = self.client.update_run(
            run["id"], status="completed", metadata={"rows": 50_000}, result={"table": "orders"}
        )
        self.assertEqual(ended["status"], "completed")
        self.assertEqual(ended["metadata"], {"rows": 50_000})
        self.assertEqual(ended["result"], {"table": "orders"})
        self.assertTrue(ended["completed_at"].endswith("Z"))

    def test_a_status_can_be_said_with_its_result(self):
        run = self.client.create_run(self.contract)
        self.assertEqual(self.client.update_run_status(run["id"], "running")["status"], "running")
        failed = self.client.update_run_status(run["id"], "failed", {"reason": "no disk"})
        self.assertEqual(failed["status"], "failed")
        self.assertEqual(failed["result"], {"reason": "no disk"})
        again = self.client.update_run_status(run["id"], "failed", {})
        self.assertEqual(again["result"], failed["result"])

    def test_every_word_of_the_registry_is_known(self):
        for word in "pending", "running", "completed", "failed", "cancelled":
            run = self.client.create_run(self.contract, status=word)
            self.assertEqual(run["status"], word)
            self.assertEqual(self.client.list_runs(self.contract, word)[0][0]["id"], run["id"])

    def test_the_same_status_again_changes_nothing_and_another_is_refused(self):
        run = self.client.create_run(self.contract, status="running")
        ended = self.client.update_run(run["id"], status="completed")
        self.assertEqual(self.client.update_run(run["id"], status="completed"), ended)
        with self.assertRaises(BreakingChangeError) as refused:
            self.client.update_run(run["id"], status="running")
        self.assertEqual(refused.exception.status_code, 409)
        self.assertIn("cannot become running", refused.exception.message)
        detail = refused.exception.details["detail"]
        self.assertEqual(detail["reason"], "run.illegal_move")
        self.assertEqual(detail["current_status"], "completed")
        self.assertEqual(self.client.get_run(run["id"])["completed_at"], ended["completed_at"])

    def test_runs_are_listed_by_every_filter(self):
        ids = []
        for name, status in (("a", "running"), ("b", "running"), ("b", "failed")):
            run = self.client.create_run(self.contract, pipeline_name=name, status=status)
            ids.insert(0, run["id"])
        now = datetime.datetime.now(datetime.timezone.utc)
        hour = datetime.timedelta(hours=1)

        def listed(**filters):
            runs, total = self.client.list_runs(self.contract, **filters)
            self.assertEqual(len(runs), total)
            return [run["id"] for run in runs]

        self.assertEqual(listed(), ids)
        self.assertEqual(listed(pipeline_name="b"), ids[:2])
        self.assertEqual(listed(status="failed"), ids[:1])
        self.assertEqual(listed(pipeline_name="b", status="running"), ids[1:2])
        for begin, end in (("from_date", "to_date"), ("start_date", "end_date")):
            self.assertEqual(listed(**{begin: now - hour, end: now + hour}), ids)
            # naive moments, dates and texts are UTC
            self.assertEqual(listed(**{begin: (now - hour).replace(tzinfo=None)}), ids)
            self.assertEqual(listed(**{begin: (now - 24 * hour).date()}), ids)
            self.assertEqual(listed(**{begin: (now - hour).isoformat()}), ids)
            self.assertEqual(listed(**{begin: now + hour}), [])
            self.assertEqual(listed(**{end: now - hour}), [])
        elsewhere = datetime.timezone(datetime.timedelta(hours=11))
        self.assertEqual(listed(from_date=(now + hour).astimezone(elsewhere)), [])

    def test_runs_are_listed_page_by_page(self):
        ids = [self.client.create_run(self.contract)["id"] for _ in range(5)]
        seen = []
        while len(seen) < 5:
            runs, total = self.client.list_runs(self.contract, limit=2, offset=len(seen))
            self.assertEqual(total, 5)
            seen += [run["id"] for run in runs]
        self.assertEqual(seen, ids[::-1])

    def test_a_run_that_is_not_there(self):
        for run_id in (
            str(uuid.uuid4()),
            "run-456",
            "a/b?limit=1#c",
            "über 100%",
            uuid.uuid4(),
        ):
            for call in (
                lambda: self.client.get_run(run_id),
                lambda: self.client.update_run(run_id, status="completed"),
            ):
                with self.assertRaises(ContractNotFoundError) as refused:
                    call()
                self.assertEqual(refused.exception.status_code, 404)
                self.assertEqual(refused.exception.details["detail"]["code"], "NOT_FOUND")
                self.assertIn(str(run_id), refused.exception.message)

    def test_no_id_is_no_run(self):
        for nothing in "", None:
            with self.assertRaisesRegex(ValueError, "run_id"):
                self.client.get_run(nothing)

    def test_a_request_that_is_wrong(self):
        with self.assertRaises(ValidationError) as refused:
            self.client.create_run(self.contract, status="zzz")
        self.assertEqual(refused.exception.status_code, 422)
        self.assertEqual(refused.exception.details["detail"][0]["loc"], ["body", "status"])
        self.assertNotIn("Request failed", refused.exception.message)
        with self.assertRaises(ValidationError) as refused:
            self.client.list_runs(limit=101)
        self.assertEqual(refused.exception.details["detail"][0]["loc"], ["query", "limit"])

    def test_what_is_no_json_is_not_sent(self):
        with self.assertRaises(ValueError):
            self.client.create_run(self.contract, metadata={"rate": float("nan")})


class Validations(unittest.TestCase):
    def setUp(self):
        self.contract = a_contract()
        self.client = SyncRegistryClient(URL)

    def test_the_form_of_clients(self):
        run = self.client.create_run(self.contract, status="running")
        made = self.client.record_validation(
            self.contract,
            False,
            1000,
            25,
            duration_ms=150.5,
            contract_version="1.0",
            schema_name="orders",
            environment="production",
            pipeline_id="dag-1",
            run_id=run["id"],
            sample_errors=[{"row": 7, "error": "id is null"}],
        )
        self.assertIs(made["passed"], False)
        self.assertEqual(made["status"], "failed")
        self.assertEqual(made["row_count"], 1000)
        self.assertEqual(made["error_count"], 25)
        self.assertEqual(made["error_rate"], 0.025)
        self.assertEqual(made["duration_ms"], 150.5)
        self.assertEqual(made["run_id"], run["id"])
        self.assertEqual(made["schema_name"], "orders")
        self.assertTrue(made["recorded_by"])
        self.assertEqual(self.client.get_validation(made["id"])["sample_errors"][0]["row"], 7)
        shown = self.client.get_run(run["id"])["validations"]
        self.assertEqual([(it["id"], it["status"]) for it in shown], [(made["id"], "failed")])

    def test_the_form_of_the_documents(self):
        made = self.client.record_validation(
            self.contract,
            status="failed",
            errors=[{"code": "NULL_VALUE", "message": "null", "path": "$.id", "row_count": 3}],
            warnings=[{"code": "LATE", "message": "an hour late"}],
            metrics={"rows_validated": 100, "rows_passed": 97, "rows_failed": 3, "duration_ms": 80},
            metadata={"checker": "great"},
        )
        seen = self.client.get_validation(made["id"])
        for validation in made, seen:
            self.assertIs(validation["passed"], False)
            self.assertEqual(validation["row_count"], 100)
            self.assertEqual(validation["error_count"], 3)
            self.assertEqual(validation["error_rate"], 0.03)
            self.assertEqual(validation["duration_ms"], 80)
            self.assertEqual(validation["metrics"]["rows_passed"], 97)
        self.assertEqual(seen["errors"][0]["code"], "NULL_VALUE")
        self.assertEqual(seen["errors"][0]["path"], "$.id")
        self.assertEqual(seen["warnings"][0]["message"], "an hour late")
        self.assertEqual(seen["metadata"], {"checker": "great"})

    def test_a_rate_is_computed_and_not_believed(self):
        made = self.client.record_validation(self.contract, True, 200, 1, error_rate=0.9)
        self.assertEqual(made["error_rate"], 0.005)

    def test_forms_that_contradict_each_other(self):
        with self.assertRaises(ValidationError):
            self.client.record_validation(self.contract, passed=True, row_count=1, status="failed")

    def test_a_validation_of_a_run_that_is_not_there(self):
        with self.assertRaises(ValidationError) as refused:
            self.client.record_validation(self.contract, True, 1, run_id="run-456")
        self.assertEqual(refused.exception.details["detail"][0]["loc"], ["body", "run_id"])

    def test_a_validation_that_is_not_there(self):
        with self.assertRaises(ContractNotFoundError):
            self.client.get_validation("validation-1")

    def test_validations_are_listed_by_every_filter(self):
        run = self.client.create_run(self.contract)
        good = self.client.record_validation(
            self.contract, True, 10, run_id=run["id"], schema_name="a"
        )
        bad = self.client.record_validation(self.contract, False, 10, 1, schema_name="b")
        odd = self.client.record_validation(self.contract, status="warning")
        now = datetime.datetime.now(datetime.timezone.utc)
        hour = datetime.timedelta(hours=1)

        def listed(*given, **filters):
            found, total = self.client.list_validations(self.contract, *given, **filters)
            self.assertEqual(len(found), total)
            return [it["id"] for it in found]

        self.assertEqual(listed(), [odd["id"], bad["id"], good["id"]])
        self.assertEqual(listed(True), [odd["id"], good["id"]])
        self.assertEqual(listed(False), [bad["id"]])
        self.assertEqual(listed(run_id=run["id"]), [good["id"]])
        self.assertEqual(listed(schema_name="b"), [bad["id"]])
        self.assertEqual(listed(status="warning"), [odd["id"]])
        for begin, end in (("from_date", "to_date"), ("start_date", "end_date")):
            self.assertEqual(len(listed(**{begin: now - hour, end: now + hour})), 3)
            self.assertEqual(listed(**{begin: now + hour}), [])
        page, total = self.client.list_validations(self.contract, limit=1, offset=1)
        self.assertEqual(([it["id"] for it in page], total), ([bad["id"]], 3))

    def test_validations_are_added_up(self):
        # an id in a path may have any character
        contract = self.contract + "/v1 ü?#%"
        for passed in True, True, True, False:
            self.client.record_validation(contract, passed, 100, 0 if passed else 4, duration_ms=10)
        for granularity in "hour", "day", "week":
            stats = self.client.get_validation_stats(contract, days=7, granularity=granularity)
            self.assertEqual(stats["contract_id"], contract)
            self.assertEqual(stats["period_days"], 7)
            self.assertEqual(stats["total_runs"], 4)
            self.assertEqual(stats["total_validations"], 4)
            self.assertEqual(stats["passed_runs"], 3)
            self.assertEqual(stats["failed_runs"], 1)
            self.assertEqual(stats["pass_rate"], 0.75)
            self.assertEqual(stats["total_rows"], 400)
            self.assertEqual(stats["total_errors"], 4)
            self.assertEqual(stats["avg_duration_ms"], 10)
            self.assertEqual(len(stats["by_" + granularity]), 1)
        self.assertEqual(self.client.get_validation_stats(a_contract())["total_runs"], 0)


class Policies(unittest.TestCase):
    def test_a_gate_lets_no_run_complete_whose_validation_failed(self):
        contract = a_contract() + "/orders"
        with SyncRegistryClient(URL) as client:
            self.assertEqual(client.set_policy(contract, "fail")["gate"], "fail")
            self.assertEqual(client.get_policy(contract)["gate"], "fail")
            run = client.create_run(contract, status="running")
            client.record_validation(contract, False, 10, 1, run_id=run["id"])
            self.assertEqual(client.update_run(run["id"], status="completed")["status"], "failed")
            # the same again is not an error
            self.assertEqual(client.update_run(run["id"], status="completed")["status"], "failed")

            client.delete_policy(contract)
            client.delete_policy(contract)
            with self.assertRaises(ContractNotFoundError):
                client.get_policy(contract)
            run = client.create_run(contract, status="running")
            client.record_validation(contract, False, 10, 1, run_id=run["id"])
            ended = client.update_run(run["id"], status="completed")
            self.assertEqual(ended["status"], "completed")

    def test_a_gate_that_is_none(self):
        with self.assertRaises(ValidationError):
            SyncRegistryClient(URL).set_policy("orders", "shut")


class Keys(unittest.TestCase):
    def test_a_wrong_key(self):
        client = SyncRegistryClient(URL, api_key="wrong")
        with self.assertRaises(RegistryClientError) as refused:
            client.list_runs()
        self.assertEqual(refused.exception.status_code, 403)
        self.assertEqual(refused.exception.details["detail"]["code"], "INVALID_API_KEY")

    def test_no_key(self):
        with mock.patch.dict(os.environ):
            del os.environ["GRIOT_API_KEY"]
            client = SyncRegistryClient(URL)
        with self.assertRaises(RegistryClientError) as refused:
            client.create_run("orders")
        self.assertEqual(refused.exception.status_code, 401)

    def test_a_key_may_be_a_token(self):
        client = SyncRegistryClient(URL, token=KEY)
        self.assertEqual(client.create_run("orders")["status"], "pending")

    def test_a_key_may_end_with_a_line_break(self):
        SyncRegistryClient(URL, api_key=KEY + "\n").list_runs()

    def test_nothing_shows_the_key(self):
        secret = "s3cret-and-mine"
        shown = [repr(SyncRegistryClient(URL, secret)), str(SyncRegistryClient(URL, None, secret))]
        for client in (
            SyncRegistryClient(URL, secret),
            SyncRegistryClient("http://localhost:1", secret),
            SyncRegistryClient("http://nowhere.invalid", secret),
        ):
            with mock.patch("time.sleep"), self.assertRaises(RegistryClientError) as failed:
                client.get_run("run-456")
            failure = failed.exception
            shown += [repr(failure), repr(failure.__context__), str(failure.details)]
        for bad in (secret + "\nX-Other: 1", secret + "ü", secret + "\0"):
            for arguments in ({"api_key": bad}, {"token": bad}):
                with self.assertRaises(ValueError) as failed:
                    SyncRegistryClient(URL, **arguments)
                shown.append(repr(failed.exception))
        for text in shown:
            self.assertNotIn(secret, text)


class BadServer(http.server.ThreadingHTTPServer):
    """Answers the first requests as it is told, and hands all others on to the real server."""

    daemon_threads = True

    def __init__(self, *told):
        super().__init__(("localhost", 0), BadHandler)
        self.told = list(told)
        self.seen = []
        self.url = "http://localhost:{}".format(self.server_port)

    def handle_error(self, request, client_address):
        """A client that goes away is no news."""


class BadHandler(http.server.BaseHTTPRequestHandler):
    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        step = self.server.told.pop(0) if self.server.told else pass_on
        step(self, body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any

    def log_message(self, *_):
        pass


def pass_on(handler, body, answer=True):
    headers = {name: value for name, value in handler.headers.items() if name.lower() != "host"}
    request = urllib.request.Request(
        URL + handler.path, body or None, headers, method=handler.command
    )
    try:
        with urllib.request.urlopen(request) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read()
    if answer:
        says(status, text)(handler, body)


def loses_the_answer(handler, body):
    pass_on(handler, body, answer=False)
    handler.close_connection = True


def hangs_up(handler, body):
    handler.close_connection = True


def is_silent(handler, body):
    handler.connection.settimeout(10)
    with contextlib.suppress(OSError):
        # returns when the client has gone
        handler.connection.recv(1)
    handler.close_connection = True


def says(status, text, **headers):
    def answer(handler, body):
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(text)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(text)

    return answer


class Connections(unittest.TestCase):
    def setUp(self):
        self.pauses = []
        pause = mock.patch("time.sleep", self.pauses.append)
        pause.start()
        self.addCleanup(pause.stop)

    def server(self, *told):
        server = BadServer(*told)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server

    def failure(self, call):
        with self.assertRaises(RegistryClientError) as failed:
            call()
        return failed.exception

    def test_a_run_whose_answer_was_lost_is_made_once(self):
        server, contract = self.server(loses_the_answer), a_contract()
        client = SyncRegistryClient(server.url)
        run = client.create_run(contract)
        self.assertEqual(SyncRegistryClient(URL).list_runs(contract)[1], 1)
        self.assertEqual(SyncRegistryClient(URL).get_run(run["id"])["contract_id"], contract)
        first, second = server.seen
        self.assertEqual(first[2]["Idempotency-Key"], second[2]["Idempotency-Key"])
        self.assertEqual(first[3], second[3])

    def test_a_validation_whose_answer_was_lost_is_recorded_once(self):
        server, contract = self.server(loses_the_answer, hangs_up), a_contract()
        SyncRegistryClient(server.url).record_validation(contract, True, 1)
        self.assertEqual(SyncRegistryClient(URL).list_validations(contract)[1], 1)
        self.assertEqual(len(server.seen), 3)
        self.assertEqual(len({seen[2]["Idempotency-Key"] for seen in server.seen}), 1)

    def test_two_calls_are_two(self):
        client, contract = SyncRegistryClient(URL), a_contract()
        self.assertNotEqual(client.create_run(contract)["id"], client.create_run(contract)["id"])

    def test_it_waits_until_the_server_has_done_what_was_sent_before(self):
        detail = {"code": "CONFLICT", "reason": "idempotency.in_flight", "message": "wait"}
        in_flight = json.dumps({"detail": detail}).encode()
        server = self.server(hangs_up, says(409, in_flight))
        self.assertEqual(SyncRegistryClient(server.url).create_run("orders")["status"], "pending")
        self.assertEqual(len(server.seen), 3)

    def test_it_gives_up_in_the_end(self):
        server = self.server(*[hangs_up] * 9)
        failure = self.failure(lambda: SyncRegistryClient(server.url).list_runs())
        self.assertEqual(len(server.seen), 3)
        self.assertEqual(self.pauses, [0.2, 1.0])
        self.assertIsNone(failure.status_code)
        self.assertIn(server.url, failure.message)
        self.assertIn("GET /api/v1/runs", failure.message)

    def test_a_change_whose_answer_was_lost_is_made_once(self):
        server, real = self.server(loses_the_answer), SyncRegistryClient(URL)
        run = real.create_run("orders", metadata={"a": 1})
        changed = SyncRegistryClient(server.url).update_run(run["id"], metadata={"a": None, "b": 2})
        self.assertEqual(changed, real.get_run(run["id"]))
        self.assertEqual(changed["metadata"], {"b": 2})
        self.assertEqual(len({seen[2]["Idempotency-Key"] for seen in server.seen}), 1)
        self.assertEqual(len(server.seen), 2)

    def test_what_never_arrived_is_sent_again(self):
        with socket.create_server(("localhost", 0)) as free:
            port = free.getsockname()[1]
        client = SyncRegistryClient("http://localhost:{}".format(port))
        failure = self.failure(lambda: client.update_run("run-456", metadata={"a": 1}))
        self.assertEqual(self.pauses, [0.2, 1.0])
        self.assertIn("refused", failure.message)

    def test_what_takes_too_long_is_not_sent_again(self):
        server = self.server(is_silent)
        client = SyncRegistryClient(server.url, timeout=0.2)
        failure = self.failure(client.list_runs)
        self.assertIn("timed out", failure.message)
        self.assertEqual(len(server.seen), 1)

    def test_the_key_goes_nowhere_else(self):
        other = self.server()
        server = self.server(says(302, b"", Location=other.url + "/api/v1/runs"))
        failure = self.failure(SyncRegistryClient(server.url).list_runs)
        self.assertEqual(failure.status_code, 302)
        self.assertEqual(other.seen, [])

    def test_an_error_that_is_no_json(self):
        server = self.server(says(502, b"<h1>Bad Gateway</h1>"), says(500, b"[1]"), says(404, b""))
        client = SyncRegistryClient(server.url)
        failure = self.failure(client.list_runs)
        self.assertEqual((failure.status_code, failure.details), (502, None))
        self.assertEqual(failure.message, "Request failed with status 502")
        failure = self.failure(client.list_runs)
        self.assertEqual((failure.status_code, failure.details), (500, [1]))
        self.assertIsInstance(self.failure(client.list_runs), ContractNotFoundError)

    def test_an_answer_that_is_no_json(self):
        server = self.server(says(200, b"<h1>Welcome</h1>"))
        self.assertIn("no JSON", self.failure(SyncRegistryClient(server.url).list_runs).message)

    def test_the_message_of_an_error_is_found_wherever_it_stands(self):
        below = json.dumps({"detail": {"code": "X", "message": "from below"}}).encode()
        above = json.dumps({"detail": "y", "message": "from above"}).encode()
        client = SyncRegistryClient(self.server(says(400, below), says(400, above)).url)
        self.assertEqual(self.failure(client.list_runs).message, "from below")
        self.assertEqual(self.failure(client.list_runs).message, "from above")

    def test_addresses(self):
        self.assertEqual(repr(SyncRegistryClient()), "SyncRegistryClient('http://localhost:8000')")
        SyncRegistryClient(URL + "/").list_runs()
        for bad in ("localhost:8090", "ftp://localhost", "http://", "http://me:mine@localhost", ""):
            with self.assertRaises(ValueError) as failed:
                SyncRegistryClient(bad)
            self.assertNotIn("mine", str(failed.exception))


if __name__ == "__main__":
    unittest.main()
