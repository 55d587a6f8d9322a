"""The local AWS: ministack, with what its version 1.5.33 lacks for this project's stack.

It registers what its CloudFormation can make in a table of handlers by type; this adds to that table.
"""

from datetime import datetime, timedelta, timezone

from ministack.services import athena, dynamodb, iam, s3, sns
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


# What an organisation insists on, and what is accepted but dropped: the boundary of a role, the keys and tags of a
# bucket, a table and a topic.


def keep_boundary(name, properties):
    iam._roles[name]["PermissionsBoundary"] = properties.get("PermissionsBoundary")


def keep_key_of_bucket(name, properties):
    tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
    if tags:
        s3._bucket_tags[name] = tags
    for rule in properties.get("BucketEncryption", {}).get(
        "ServerSideEncryptionConfiguration", []
    ):
        default = rule["ServerSideEncryptionByDefault"]
        key = default.get("KMSMasterKeyID")
        # The account's own key, which the bootstrap's bucket has, is refused here when something is put.
        if not key:
            continue
        s3._put_bucket_encryption(
            name,
            (
                "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
                f"<SSEAlgorithm>{default['SSEAlgorithm']}</SSEAlgorithm><KMSMasterKeyID>{key}</KMSMasterKeyID>"
                "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"
            ).encode(),
        )


def keep_key_of_table(name, properties):
    table = dynamodb._tables[name]
    for replica in properties.get("Replicas", []):
        dynamodb._tags[table["TableArn"]] = replica.get("Tags", [])
        own = replica.get("SSESpecification")
        if own:
            key = own["KMSMasterKeyId"]
            table["SSEDescription"] = dynamodb._sse_description_from_spec(
                {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
            )


def keep_key_of_topic(arn, properties):
    key = properties.get("KmsMasterKeyId")
    if key:
        sns._topics[arn]["attributes"]["KmsMasterKeyId"] = key


def then(create, keep):
    def create_and_keep(logical_id, properties, stack_name):
        made = create(logical_id, properties, stack_name)
        keep(made[0], properties)
        return made

    return create_and_keep


for kind, keep in {
    "AWS::IAM::Role": keep_boundary,
    "AWS::S3::Bucket": keep_key_of_bucket,
    "AWS::DynamoDB::GlobalTable": keep_key_of_table,
    "AWS::SNS::Topic": keep_key_of_topic,
}.items():
    handlers[kind]["create"] = then(handlers[kind]["create"], keep)


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
