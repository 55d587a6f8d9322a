"""The local AWS: ministack, with what its version 1.5.33 lacks for this project's stack.

It registers what its CloudFormation can make in a table of handlers by type; this adds to that table.
"""

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


if __name__ == "__main__":
    from ministack.app import main

    main()
