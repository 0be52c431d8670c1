"""A client of the pipeline registry of Runs Service, in one file and without dependencies.

Copy the file beside your pipeline, or put its folder on ``PYTHONPATH``. It needs Python 3.9 or
newer and nothing else. ::

    from griot_registry import SyncRegistryClient

    with SyncRegistryClient("http://localhost:8090", api_key="...") as client:
        run = client.create_run("orders", pipeline_name="daily-etl", status="running")
        client.record_validation("orders", passed=True, row_count=50_000, run_id=run["id"])
        client.update_run(run["id"], status="completed", metadata={"rows": 50_000})

Without ``api_key`` the key is read from the environment variable ``GRIOT_API_KEY``.

A run is ``pending``, ``running``, ``completed``, ``failed`` or ``cancelled``. Answers are the JSON
objects of the server, as dictionaries. What the server refuses is raised as a
:class:`RegistryClientError` or one of its subclasses.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import date, datetime
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

__all__ = [
    "BreakingChangeError",
    "ContractNotFoundError",
    "RegistryClientError",
    "SyncRegistryClient",
    "ValidationError",
]

Moment = Union[datetime, date, str]
"""A moment in a filter. One without a time zone, and a date, are UTC."""

_PREFIX = "/api/v1"
_KEY_VARIABLE = "GRIOT_API_KEY"
_PAUSES = (0.2, 1.0)
"""Seconds before a request is sent for the second and for the third time."""


class RegistryClientError(Exception):
    """The server refused a request, or did not answer it.

    ``message`` is a sentence for a person. ``status_code`` is the status of the answer, and
    ``None`` when there was none. ``details`` is the JSON of the answer, and ``None`` when it was no
    JSON.
    """

    def __init__(
        self, message: str, status_code: Optional[int] = None, details: Optional[Any] = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status_code = status_code
        self.details = details


class ContractNotFoundError(RegistryClientError):
    """404: there is no such run, validation or policy, or the key may not see it."""


class ValidationError(RegistryClientError):
    """422: the request itself is wrong. ``details["detail"]`` lists what, field by field."""


class BreakingChangeError(RegistryClientError):
    """409: it contradicts what is there, such as ``running`` for a run that has ended."""


_ERRORS = {404: ContractNotFoundError, 409: BreakingChangeError, 422: ValidationError}


class SyncRegistryClient:
    """Talks to the registry, one request at a time. It may be used by several threads.

    :param base_url: the address of the server, without ``/api/v1``
    :param api_key: sent as ``X-API-Key``; when neither it nor ``token`` is given, the environment
        variable ``GRIOT_API_KEY``
    :param token: sent as ``Authorization: Bearer``; takes a key as well
    :param timeout: seconds to wait for the connection, and then for each piece of the answer

    A request whose connection fails is sent again, twice at most. That does no harm: what records
    or changes something carries an ``Idempotency-Key``, by which the server does it once. What took
    longer than ``timeout`` is not sent again.
    """

    def __init__(
        self,
        base_url: str = "http://localhost:8000",
        api_key: Optional[str] = None,
        token: Optional[str] = None,
        timeout: float = 30.0,
    ) -> None:
        self._base_url = _checked_url(base_url)
        self._timeout = timeout
        self._headers = {"Accept": "application/json", "User-Agent": "griot-registry-python"}
        if api_key is None and token is None:
            api_key = os.environ.get(_KEY_VARIABLE)
        if api_key:
            self._headers["X-API-Key"] = _checked_secret("api_key", api_key)
        if token:
            self._headers["Authorization"] = "Bearer " + _checked_secret("token", token)
        # an answer that points elsewhere is not followed: the key would go along
        self._opener = urllib.request.build_opener(_NoRedirects())

    def __enter__(self) -> "SyncRegistryClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return "SyncRegistryClient({!r})".format(self._base_url)

    def close(self) -> None:
        """Ends the use of the client. It holds nothing open, so this may be left out."""

    # ---- runs

    def create_run(
        self,
        contract_id: str,
        contract_version: Optional[str] = None,
        schema_name: Optional[str] = None,
        pipeline_id: Optional[str] = None,
        environment: Optional[str] = None,
        trigger: Optional[str] = None,
        metadata: Optional[Mapping[str, Any]] = None,
        *,
        pipeline_name: Optional[str] = None,
        status: Optional[str] = None,
        parent_run_id: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Records that a pipeline runs. The run's ``id`` is in the answer.

        :param contract_id: what the data is held to
        :param pipeline_id: what the run is called where it is executed
        :param status: where it stands; ``pending`` when not given
        :param parent_run_id: the run that this one is a part of
        """
        return self._once(
            "POST",
            "/runs",
            _given(
                contract_id=contract_id,
                contract_version=contract_version,
                schema_name=schema_name,
                pipeline_name=pipeline_name,
                pipeline_id=pipeline_id,
                environment=environment,
                trigger=trigger,
                status=status,
                metadata=metadata,
                parent_run_id=parent_run_id,
            ),
        )

    def get_run(self, run_id: str) -> Dict[str, Any]:
        """The run with its ``metadata`` and its ``validations``."""
        return self._request("GET", _path("runs", run_id=run_id))

    def update_run(
        self,
        run_id: str,
        status: Optional[str] = None,
        metadata: Optional[Mapping[str, Any]] = None,
        result: Optional[Mapping[str, Any]] = None,
    ) -> Dict[str, Any]:
        """Says how the run goes, and what to keep with it; all of it happens or nothing.

        :param status: the same one again changes nothing; another one after the end raises
            :class:`BreakingChangeError`. A gate may turn ``completed`` into ``failed``: look at the
            ``status`` of the answer.
        :param metadata: is merged into what is there; ``None`` as a value removes the name
        :param result: what came of the run; replaces an earlier one
        """
        return self._once(
            "PATCH",
            _path("runs", run_id=run_id),
            _given(status=status, metadata=metadata, result=result),
        )

    def update_run_status(
        self, run_id: str, status: str, result: Optional[Mapping[str, Any]] = None
    ) -> Dict[str, Any]:
        """The same as :meth:`update_run` without metadata."""
        return self.update_run(run_id, status=status, result=result)

    def list_runs(
        self,
        contract_id: Optional[str] = None,
        status: Optional[str] = None,
        from_date: Optional[Moment] = None,
        to_date: Optional[Moment] = None,
        limit: int = 50,
        offset: int = 0,
        *,
        pipeline_name: Optional[str] = None,
        start_date: Optional[Moment] = None,
        end_date: Optional[Moment] = None,
    ) -> Tuple[List[Dict[str, Any]], int]:
        """A page of runs, the newest first, and how many there are in all.

        :param from_date: created then or later, ``to_date``: or earlier
        :param start_date: started then or later, ``end_date``: or earlier
        :param limit: 1 to 100
        :param offset: how many of the newest to leave out
        """
        return self._page(
            "/runs",
            contract_id=contract_id,
            pipeline_name=pipeline_name,
            status=status,
            from_date=from_date,
            to_date=to_date,
            start_date=start_date,
            end_date=end_date,
            limit=limit,
            offset=offset,
        )

    # ---- validations

    def record_validation(
        self,
        contract_id: str,
        passed: Optional[bool] = None,
        row_count: Optional[int] = None,
        error_count: Optional[int] = None,
        *,
        error_rate: Optional[float] = None,
        duration_ms: Optional[float] = None,
        contract_version: Optional[str] = None,
        schema_name: Optional[str] = None,
        environment: Optional[str] = None,
        pipeline_id: Optional[str] = None,
        run_id: Optional[str] = None,
        sample_errors: Optional[Sequence[Any]] = None,
        status: Optional[str] = None,
        errors: Optional[Sequence[Mapping[str, Any]]] = None,
        warnings: Optional[Sequence[Mapping[str, Any]]] = None,
        metrics: Optional[Mapping[str, Any]] = None,
        metadata: Optional[Mapping[str, Any]] = None,
    ) -> Dict[str, Any]:
        """Records what a check of data against a contract found. Two ways to say it: ::

            client.record_validation("orders", passed=False, row_count=1000, error_count=3)
            client.record_validation(
                "orders",
                status="failed",
                errors=[{"code": "NULL_VALUE", "message": "id is null", "row_count": 3}],
                metrics={"rows_validated": 1000, "rows_failed": 3, "duration_ms": 80},
            )

        :param status: ``passed``, ``failed``, ``warning`` or ``skipped``
        :param run_id: the run whose data was checked
        :param error_rate: the server computes it; a given one is not used
        :param sample_errors: rows that are wrong, to look at later
        """
        return self._once(
            "POST",
            "/validations",
            _given(
                contract_id=contract_id,
                passed=passed,
                row_count=row_count,
                error_count=error_count,
                error_rate=error_rate,
                duration_ms=duration_ms,
                contract_version=contract_version,
                schema_name=schema_name,
                environment=environment,
                pipeline_id=pipeline_id,
                run_id=run_id,
                sample_errors=sample_errors,
                status=status,
                errors=errors,
                warnings=warnings,
                metrics=metrics,
                metadata=metadata,
            ),
        )

    def get_validation(self, validation_id: str) -> Dict[str, Any]:
        """The validation with its errors and warnings."""
        return self._request("GET", _path("validations", validation_id=validation_id))

    def list_validations(
        self,
        contract_id: Optional[str] = None,
        passed: Optional[bool] = None,
        from_date: Optional[Moment] = None,
        to_date: Optional[Moment] = None,
        limit: int = 50,
        offset: int = 0,
        *,
        run_id: Optional[str] = None,
        schema_name: Optional[str] = None,
        status: Optional[str] = None,
        start_date: Optional[Moment] = None,
        end_date: Optional[Moment] = None,
    ) -> Tuple[List[Dict[str, Any]], int]:
        """A page of validations, the newest first, and how many there are in all.

        :param from_date: recorded then or later, as is ``start_date``
        :param to_date: recorded then or earlier, as is ``end_date``
        """
        return self._page(
            "/validations",
            contract_id=contract_id,
            run_id=run_id,
            schema_name=schema_name,
            status=status,
            passed=passed,
            from_date=from_date,
            to_date=to_date,
            start_date=start_date,
            end_date=end_date,
            limit=limit,
            offset=offset,
        )

    def get_validation_stats(
        self, contract_id: str, days: int = 30, granularity: str = "day"
    ) -> Dict[str, Any]:
        """Validations of a contract in the last ``days``, 1 to 365, added up.

        ``pass_rate`` is a fraction from 0 to 1.

        :param granularity: ``hour``, ``day`` or ``week``: how long the stretches are by which the
            answer tells them besides
        """
        return self._request(
            "GET",
            _path("validations/stats", contract_id=contract_id),
            query={"days": days, "granularity": granularity},
        )

    # ---- policies

    def set_policy(self, contract_id: str, gate: str) -> Dict[str, Any]:
        """Says what follows from failed validations of a contract.

        :param gate: ``none``: nothing; ``warn``: runs may complete, and the event of it tells of
            the failure; ``fail``: a run whose last validation failed becomes ``failed`` when it
            would complete
        """
        return self._request("PUT", _policy_path(contract_id), body={"gate": gate})

    def get_policy(self, contract_id: str) -> Dict[str, Any]:
        """What follows from failed validations of a contract.

        Raises :class:`ContractNotFoundError` when nobody has said so; the gate is then ``none``.
        """
        return self._request("GET", _policy_path(contract_id))

    def delete_policy(self, contract_id: str) -> None:
        """Makes the gate of a contract ``none``, also when it is."""
        try:
            self._request("DELETE", _policy_path(contract_id))
        except ContractNotFoundError as refused:
            if _reason(refused) != "contract.policy_not_set":
                raise

    # ---- requests

    def _once(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """Lets the server do something once, however often it is sent."""
        return self._request(method, path, body=body, key=str(uuid.uuid4()))

    def _page(self, path: str, **query: Any) -> Tuple[List[Dict[str, Any]], int]:
        page = self._request("GET", path, query=query)
        return page["items"], page["total"]

    def _request(
        self,
        method: str,
        path: str,
        *,
        query: Optional[Mapping[str, Any]] = None,
        body: Optional[Mapping[str, Any]] = None,
        key: Optional[str] = None,
    ) -> Any:
        url = self._base_url + _PREFIX + path
        if query:
            url += "?" + urllib.parse.urlencode(
                {name: _word(value) for name, value in query.items() if value is not None}
            )
        request = urllib.request.Request(url, method=method, headers=dict(self._headers))
        if body is not None:
            request.data = json.dumps(body, allow_nan=False).encode("utf-8")
            request.add_header("Content-Type", "application/json")
        if key is not None:
            request.add_header("Idempotency-Key", key)
        pauses = iter(_PAUSES)
        while True:
            try:
                return self._answer(request)
            except (OSError, http.client.HTTPException) as failure:
                cause = failure.reason if isinstance(failure, urllib.error.URLError) else failure
                pause = None if isinstance(cause, socket.timeout) else next(pauses, None)
                if pause is None:
                    # whatever is known of the connection, and nothing of what was sent
                    raise RegistryClientError(
                        "{} {}{} at {} was not answered: {}".format(
                            method, _PREFIX, path, self._base_url, _sentence(cause)
                        )
                    ) from None
            except BreakingChangeError as refused:
                # what was sent before is still being done; its answer is the one we want
                is_in_flight = _reason(refused) == "idempotency.in_flight"
                pause = next(pauses, None) if is_in_flight else None
                if pause is None:
                    raise
            time.sleep(pause)

    def _answer(self, request: urllib.request.Request) -> Any:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                status, text = response.status, response.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise _error(refusal.code, _json(refusal.read())) from None
        if not text:
            return None
        answer = _json(text)
        if answer is None:
            raise RegistryClientError("The answer is no JSON; is this the registry?", status)
        return answer


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _checked_url(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("base_url must begin with http:// or https:// and name a host")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("base_url holds an address only: no user, password or query")
    return url.rstrip("/")


def _checked_secret(name: str, value: str) -> str:
    """Keys that are read from files end with a line break; it is none of theirs."""
    secret = value.strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        raise ValueError(name + " has characters that no key has")
    return secret


def _given(**members: Any) -> Dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _path(collection: str, **named: Any) -> str:
    """The path of one member of a collection, whatever characters its name has."""
    ((name, value),) = named.items()
    text = str(value) if value is not None else ""
    if not text:
        raise ValueError(name + " must not be empty")
    return "/{}/{}".format(collection, urllib.parse.quote(text, safe=""))


def _policy_path(contract_id: str) -> str:
    return _path("contracts", contract_id=contract_id) + "/policy"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _error(status: int, details: Any) -> RegistryClientError:
    message = _message(details) or "Request failed with status {}".format(status)
    return _ERRORS.get(status, RegistryClientError)(message, status, details)


def _message(details: Any) -> Optional[str]:
    """The sentence of an answer, wherever it stands."""
    if not isinstance(details, dict):
        return None
    for place in (details, details.get("detail")):
        if isinstance(place, dict) and isinstance(place.get("message"), str):
            return place["message"]
    return None


def _reason(error: RegistryClientError) -> Optional[str]:
    """The code by which all of the server knows a refusal."""
    detail = error.details.get("detail") if isinstance(error.details, dict) else None
    return detail.get("reason") if isinstance(detail, dict) else None


def _sentence(failure: object) -> str:
    return str(failure) or type(failure).__name__
