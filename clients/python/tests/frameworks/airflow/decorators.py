"""See the package."""

import functools
import inspect

from airflow import DAG


def task(function):
    """Gives a task the context when it asks for one."""
    parameters = inspect.signature(function).parameters.values()
    wants_context = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)

    @functools.wraps(function)
    def at_once(*given, **named):
        return function(*given, **named, **(DAG.current.context() if wants_context else {}))

    return at_once
