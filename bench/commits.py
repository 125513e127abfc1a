"""One commit with many requests: applied, applied again, listed. Called by bench/commits. Exits 1 when a bar is missed."""
import glob
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

root, count = sys.argv[1], int(sys.argv[2])
folder = tempfile.mkdtemp(prefix="mlops-bench-")
info_file = os.path.join(folder, "local.json")
clone = os.path.join(folder, "clone")
pipeline = "mlops-dev-config"
memory = {}
missed = []

# The bars: how long the second time may take of the first, the memory of a process, and GET /pipelines, all pages.
AGAIN, MEMORY_MB, LIST_SECONDS = 0.10, 128, 1.0
LIST_FROM = 1000  # as many pipelines as that last bar is about


def hold(what, is_held):
    print(f"  {'held' if is_held else 'MISSED'}: {what}", flush=True)
    if not is_held:
        missed.append(what)


def counts(said):
    """How many were made, updated, unchanged, and are being taken down; none where it says something else."""
    found = re.fullmatch(r"(\d+) made, (\d+) updated, (\d+) unchanged, (\d+) being taken down", said)
    return tuple(int(number) for number in found.groups()) if found else (0, 0, 0, 0)


def git(*arguments):
    subprocess.run(["git", "-C", clone, *arguments], check=True, stdout=subprocess.DEVNULL)


def watch(stop):
    """The largest resident set of every process of DeploymentFlow, as the kernel has kept it (proc(5), VmHWM)."""
    while not stop.wait(0.5):
        for status in glob.glob("/proc/[0-9]*/status"):
            process = os.path.dirname(status)
            try:
                if "bootstrap" not in os.readlink(process + "/exe"):
                    continue
                name = open(process + "/environ").read().split("AWS_LAMBDA_FUNCTION_NAME=")[1].split("\0")[0]
                own = open(process + "/environ").read()
                if name != "mlops-dev-deployment-flow" or aws not in own:
                    continue
                line = next(line for line in open(status) if line.startswith("VmHWM:"))
                memory[process] = max(memory.get(process, 0), int(line.split()[1]) * 1024 / 1e6)
            except (OSError, IndexError, StopIteration):
                continue


def codepipeline(operation, body):
    headers = {
        "X-Amz-Target": "CodePipeline_20150709." + operation,
        "Authorization": "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/codepipeline/aws4_request, "
        "SignedHeaders=host, Signature=0",
    }
    request = urllib.request.Request(aws, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def push(text):
    """Commits and pushes a file; how long the action Apply ran, and what it says."""
    with open(os.path.join(clone, "mlops-config.json"), "w") as file:
        file.write(text)
    git("commit", "-qam", "many")
    git("push", "-q")
    commit = subprocess.check_output(["git", "-C", clone, "rev-parse", "HEAD"], text=True).strip()
    while True:
        time.sleep(0.5)
        for execution in codepipeline("ListPipelineExecutions", {"pipelineName": pipeline})["pipelineExecutionSummaries"]:
            if execution["status"] == "InProgress" or commit not in json.dumps(execution["sourceRevisions"]):
                continue
            shown = codepipeline(
                "ListActionExecutions",
                {"pipelineName": pipeline, "filter": {"pipelineExecutionId": execution["pipelineExecutionId"]}},
            )["actionExecutionDetails"][0]
            result = shown["output"]["executionResult"]
            said = result.get("externalExecutionSummary") or result["errorDetails"]["message"]
            return shown["lastUpdateTime"] - shown["startTime"], said.split(";")[0]


def list_all():
    """All pages of GET /pipelines: how long they took, and how many pipelines and pages there were."""
    began, found, pages, token = time.monotonic(), 0, 0, None
    while True:
        query = "?page=" + urllib.parse.quote(token) if token else ""
        with urllib.request.urlopen(info["api"] + "/pipelines" + query, timeout=60) as answer:
            page = json.load(answer)
        found, pages, token = found + len(page["pipelines"]), pages + 1, page.get("next")
        if not token:
            return time.monotonic() - began, found, pages


def settle():
    """Waits until every pipeline has delivered; how they ended."""
    ends = {}
    for number in range(count):
        name = {"pipelineName": f"mlops-pipeline-many-{number}-byompipelinerealtimebuiltin"}
        while (status := codepipeline("ListPipelineExecutions", name)["pipelineExecutionSummaries"][0]["status"]) == (
            "InProgress"
        ):
            time.sleep(1)
        ends[status] = ends.get(status, 0) + 1
    return ends


local = subprocess.Popen(
    [os.path.join(root, "mlops"), "local", "--no-example", "--port", "0", "--api-port", "0", "--info", info_file],
    stdout=open(os.path.join(folder, "local.log"), "w"),
    stderr=subprocess.STDOUT,
    start_new_session=True,
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
)
stop = threading.Event()
try:
    while not os.path.exists(info_file):
        if local.poll() is not None:
            sys.exit(open(os.path.join(folder, "local.log")).read())
        time.sleep(0.2)
    info = json.load(open(info_file))
    aws = info["aws"]
    threading.Thread(target=watch, args=(stop,), daemon=True).start()
    # The config pipeline is one, too, and AWS's quota is 1,000 unless it is raised.
    quota = urllib.request.Request(aws + "/mlops-local/pretences", json.dumps({"pipelineQuota": count + 1}).encode())
    urllib.request.urlopen(quota, timeout=10).close()
    subprocess.run(["git", "clone", "-q", info["configRepository"], clone], check=True)
    git("config", "user.name", "bench")
    git("config", "user.email", "bench@localhost")
    example = json.load(open(os.path.join(root, "blueprints/realtime-inference/examples/byom_realtime_builtin.json")))
    config = json.dumps({"pipelines": [{**example, "model_name": f"many-{n}"} for n in range(count)]}, indent=1)

    first, said = push(config)
    print(f"{count} requests applied: {first:.1f} s ({said})", flush=True)
    # One that was made as an invocation's time ran out is found unchanged by the next.
    made, updated, unchanged, removed = counts(said)
    hold(f"all {count} are made", made > 0 and (made + unchanged, updated, removed) == (count, 0, 0))
    listed, found, pages = list_all()
    print(f"GET /pipelines while they deliver, {found} pipelines on {pages} pages: {listed:.2f} s", flush=True)
    began = time.monotonic()
    ends = settle()
    print(f"delivered {time.monotonic() - began:.0f} s later: {ends}", flush=True)
    hold(f"all {count} have delivered", ends == {"Succeeded": count})
    second, said = push(config + "\n")
    print(f"applied again: {second:.1f} s, {second / first:.1%} of the first time ({said})", flush=True)
    hold("the second time changes nothing", counts(said) == (0, 0, count, 0))
    hold(f"and takes less than {AGAIN:.0%} of the first", second < first * AGAIN)
    listed, found, pages = min(list_all() for _ in range(5))
    print(f"GET /pipelines, {found} pipelines on {pages} pages: {listed:.2f} s", flush=True)
    hold(f"it lists all {count}", found == count)
    if count >= LIST_FROM:
        hold(f"within {LIST_SECONDS:.0f} s", listed < LIST_SECONDS)
    largest = max(memory.values(), default=0)
    print(f"largest resident set of a process of DeploymentFlow: {largest:.0f} MB of {len(memory)}", flush=True)
    hold(f"under {MEMORY_MB} MB, of at least one process", 0 < largest < MEMORY_MB)
finally:
    stop.set()
    if local.poll() is None:
        local.send_signal(signal.SIGINT)
        try:
            local.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(local.pid, signal.SIGKILL)
    print(f"log: {folder}/local.log")

if missed:
    sys.exit(f"{len(missed)} missed: {'; '.join(missed)}")
