"""As much of Airflow as a pattern needs: a DAG does its tasks at once, line by line."""

from datetime import datetime, timezone
from types import SimpleNamespace


class DAG:
    """Knows what a scheduler would tell to its tasks."""

    current = None

    def __init__(self, dag_id, schedule_interval):
        self.dag_id = dag_id
        self.schedule_interval = schedule_interval

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *_):
        DAG.current = None

    def context(self):
        return {
            "dag": self,
            "run_id": "scheduled__2024-01-15T00:00:00+00:00",
            "execution_date": datetime(2024, 1, 15, tzinfo=timezone.utc),
            "ti": SimpleNamespace(try_number=1),
        }
