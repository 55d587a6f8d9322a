"""The local AWS: ministack, with what its version 1.5.33 lacks for this project's stack.

It registers what its CloudFormation can make in a table of handlers by type; this adds to that table.
"""

from datetime import datetime, timedelta, timezone

from ministack.services import athena, dynamodb
from ministack.services.cloudformation import provisioners

handlers = provisioners._RESOURCE_HANDLERS


# AWS::Athena::NamedQuery


def create_query(logical_id, properties, stack_name):
    made = provisioners._glue_call(
        athena._create_named_query, properties, "AWS::Athena::NamedQuery", "create"
    )
    return made["NamedQueryId"], {"NamedQueryId": made["NamedQueryId"]}


def delete_query(physical_id, properties):
    athena._delete_named_query({"NamedQueryId": physical_id})


def update_query(physical_id, old, new, stack_name, logical_id=None):
    if old == new and physical_id in athena._named_queries:
        return physical_id, {"NamedQueryId": physical_id}
    made = create_query(logical_id or physical_id, new, stack_name)
    delete_query(physical_id, old)
    return made


handlers.setdefault(
    "AWS::Athena::NamedQuery",
    {
        "create": create_query,
        "update": update_query,
        "update_with_logical_id": True,
        "delete": delete_query,
    },
)


# A table's TimeToLiveSpecification, which is accepted but dropped.


def with_time_to_live(create):
    def create_table(logical_id, properties, stack_name):
        made = create(logical_id, properties, stack_name)
        specification = properties.get("TimeToLiveSpecification")
        if specification:
            dynamodb._update_ttl(
                {
                    "TableName": made[0],
                    "TimeToLiveSpecification": {**specification, "Enabled": True},
                }
            )
        return made

    return create_table


for table in ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
    handlers[table]["create"] = with_time_to_live(handlers[table]["create"])


# Athena projects partitions by month; the date projection of Trino 476 knows days at most. For it the months are named
# one by one, as they are when the table is made.


def months_named(properties):
    table = properties.get("TableInput", {})
    parameters = dict(table.get("Parameters", {}))
    for unit in [name for name in parameters if name.endswith(".interval.unit")]:
        column = unit.removesuffix(".interval.unit")
        if parameters[unit] != "MONTHS":
            continue
        first = parameters[f"{column}.range"].split(",")[0]
        last = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m")
        years = range(int(first[:4]), int(last[:4]) + 1)
        months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
        for name in ("format", "range", "interval", "interval.unit"):
            del parameters[f"{column}.{name}"]
        parameters[f"{column}.type"] = "enum"
        parameters[f"{column}.values"] = ",".join(
            month for month in months if first <= month <= last
        )
    return {**properties, "TableInput": {**table, "Parameters": parameters}}


glue_table = handlers["AWS::Glue::Table"]
create_glue_table = glue_table["create"]
glue_table["create"] = lambda logical_id, properties, stack_name: create_glue_table(
    logical_id, months_named(properties), stack_name
)


if __name__ == "__main__":
    from ministack.app import main

    main()
