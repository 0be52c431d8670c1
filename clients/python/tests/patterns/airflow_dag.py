from airflow import DAG
from airflow.decorators import task
from griot_registry import SyncRegistryClient
from datetime import datetime

@task
def start_run(contract_id: str, **context) -> str:
    with SyncRegistryClient("http://registry:8000", api_key=API_KEY) as client:
        run = client.create_run(
            contract_id=contract_id,
            pipeline_name=context['dag'].dag_id,
            pipeline_id=context['run_id'],
            status="running",
            metadata={
                "execution_date": str(context['execution_date']),
                "try_number": context['ti'].try_number,
            }
        )
        return run["id"]

@task
def complete_run(run_id: str, status: str = "completed"):
    with SyncRegistryClient("http://registry:8000", api_key=API_KEY) as client:
        client.update_run(run_id, status=status)

with DAG("user_events_validation", schedule_interval="@daily") as dag:
    run_id = start_run(contract_id="user-events-contract")

    # ... validation tasks ...

    complete_run(run_id)
