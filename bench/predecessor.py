"""A stand-in for the predecessor's handler, ours: Python with boto3, which reads a request, zips template and parameters
and uploads them. The real one also imports the sagemaker package, so its cold start is longer than this one's."""

import io
import json
import os
import sys
import urllib.request
import zipfile

import boto3

API = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"
s3 = boto3.client("s3")
cloudformation = boto3.client("cloudformation")


def handle(event):
    request = json.loads(event["body"])
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        with open(sys.argv[1], encoding="utf-8") as template:
            archive.writestr("template.yaml", template.read())
        archive.writestr("template_params.json", json.dumps({"Parameters": request}, indent=4))
    key = f"mlops_provisioned_pipelines/{request['model_name']}/template.zip"
    s3.put_object(Bucket=os.environ["MLOPS_ASSETS_BUCKET"], Key=key, Body=package.getvalue())
    return {"statusCode": 200, "body": json.dumps({"message": "success", "pipeline_id": key})}


while True:
    with urllib.request.urlopen(f"{API}/next") as answer:
        identity = answer.headers["Lambda-Runtime-Aws-Request-Id"]
        result = handle(json.load(answer))
    body = json.dumps(result).encode()
    urllib.request.urlopen(urllib.request.Request(f"{API}/{identity}/response", data=body)).close()
