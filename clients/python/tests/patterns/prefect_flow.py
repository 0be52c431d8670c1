from prefect import flow, task
from griot_registry import SyncRegistryClient

@task
def create_griot_run(contract_id: str, flow_run_name: str) -> str:
    with SyncRegistryClient("http://registry:8000") as client:
        run = client.create_run(
            contract_id=contract_id,
            pipeline_name=flow_run_name,
            status="running"
        )
        return run["id"]

@flow
def data_pipeline(contract_id: str):
    run_id = create_griot_run(contract_id, "data_pipeline")

    try:
        # ... your pipeline tasks ...
        pass
    except Exception as e:
        with SyncRegistryClient("http://registry:8000") as client:
            client.update_run(run_id, status="failed")
        raise
    else:
        with SyncRegistryClient("http://registry:8000") as client:
            client.update_run(run_id, status="completed")
