"""As much of Prefect as a pattern needs: flows and tasks are functions that are called."""


def flow(function):
    return function


def task(function):
    return function
