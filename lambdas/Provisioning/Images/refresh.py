#!/usr/bin/env python3
"""Writes images.json and the list of versions in docs/frameworks.md from what AWS publishes about its images.

    git clone --depth 1 https://github.com/aws/sagemaker-python-sdk
    git clone --depth 1 https://github.com/aws/deep-learning-containers
    lambdas/Provisioning/Images/refresh.py sagemaker-python-sdk deep-learning-containers

1. aws/sagemaker-python-sdk, sagemaker-core/src/sagemaker/core/image_uri_config: accounts by region, repositories,
   versions with their Python versions, processors and operating systems.
2. aws/deep-learning-containers, docs/src/data: the published tags of the images that AWS still maintains. Where both
   know an image, a tag of this list is taken. It names no regions: an image that only this list has gets those of the
   nearest image in 1 (LIKE).

Both are read as their clones have them (HEAD); the commits are written into the table. Then run the tests and read the
difference before it is committed: a version or a region that goes away is a request that is refused from now on.
"""

import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = HERE.parents[2] / "docs" / "frameworks.md"
SDK = "sagemaker-core/src/sagemaker/core/image_uri_config"
CONTAINERS = "docs/src/data"

# Registries that algorithms share, each named after what it has; the first file of a list gives its regions.
ALGORITHMS = {
    "algorithms-a": ["blazingtext", "image-classification", "object-detection", "semantic-segmentation", "seq2seq"],
    "algorithms-b": [
        "factorization-machines", "ipinsights", "kmeans", "knn", "linear-learner", "ntm", "object2vec", "pca",
        "randomcutforest",
    ],
    "forecasting-deepar": ["forecasting-deepar"],
    "lda": ["lda"],
}

# Accounts that tell the two registries of Deep Learning Containers apart: the same ones in most regions.
DEEP_LEARNING = {"763104351884": "deep-learning", "520713654638": "deep-learning-legacy"}

# Tags for Graviton that the SDK has in its code (image_uris.py), not in its data.
GRAVITON_TAGS = {
    "xgboost": {"1.5-1": "1.5-1-arm64", "1.3-1": "1.3-1-arm64"},
    "sklearn": {"1.0-1": "1.0-1-arm64-cpu-py3"},
}

# Images that only the list of tags has: which framework and processor they are for, and whose newest image's regions
# they get, (file, scope) of the SDK.
LIKE = {
    "pytorch-inference-arm64": ("pytorch", "arm", ("pytorch", "inference_graviton")),
    "tensorflow-inference-arm64": ("tensorflow", "arm", ("tensorflow", "inference_graviton")),
    "pytorch-inference-neuronx": ("pytorch", "neuronx", ("huggingface-neuronx", "inference")),
    "tensorflow-inference-neuronx": ("tensorflow", "neuronx", ("huggingface-neuronx", "inference")),
}

# DNS suffixes that differ from amazonaws.com (botocore's endpoints.json, by partition).
DNS_SUFFIXES = {
    "cn-": "amazonaws.com.cn",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "us-isof-": "csp.hci.ic.gov",
}

# Other names of a framework: its ECR repository, and how people call it.
ALIASES = {
    "huggingface-pytorch": "huggingface",
    "huggingface-pytorch-inference": "huggingface",
    "mxnet-inference": "mxnet",
    "pytorch-inference": "pytorch",
    "sagemaker-scikit-learn": "sklearn",
    "sagemaker-xgboost": "xgboost",
    "scikit-learn": "sklearn",
    "tensorflow-inference": "tensorflow",
}

# Images of AWS's that are no model's: a name for manifests, and the file of the SDK.
TOOLS = ["clarify", "model-monitor"]

# Frameworks whose image is not decided by version, region and processor alone.
BY_URI_ONLY = [
    "autogluon", "chainer", "djl", "djl-lmi", "huggingface-llm", "huggingface-sglang", "huggingface-tei",
    "huggingface-vllm", "triton",
]


def newest_first(versions):
    """Numbers by size, texts by letter; "latest" and shorter versions last."""

    def key(version):
        parts = re.findall(r"\d+|[a-z]+", version)
        return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts]

    return sorted(versions, key=key, reverse=True)


class Clone:
    def __init__(self, folder):
        self.folder = folder
        self.commit = self.git("rev-parse", "HEAD").strip()

    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.folder, *arguments], check=True, capture_output=True, text=True).stdout

    def files(self, folder):
        return self.git("ls-tree", "-r", "--name-only", "HEAD", folder + "/").split()

    def text(self, path):
        return self.git("show", f"HEAD:{path}")


class Table:
    """Rows of images that share everything but version and tag."""

    def __init__(self, sdk, containers):
        self.sdk, self.containers = sdk, containers
        self.registries, self.rows = {}, {}
        self.published = self.read_published()

    def config(self, name):
        return json.loads(self.sdk.text(f"{SDK}/{name}.json"))

    def read_published(self):
        """Repository -> list of (facts, tags), of images for SageMaker."""
        published = {}
        for path in self.containers.files(CONTAINERS):
            if not path.endswith(".yml"):
                continue
            text = self.containers.text(path)
            facts = dict(re.findall(r'^(\w+): "?([^"\n]+)"?$', text, re.M))
            tags = re.findall(r'^ +- "([^"]+)"$', text, re.M)
            if facts.get("platform") == "sagemaker" and tags:
                published.setdefault(path.split("/")[-2], []).append((facts, tags))
        return published

    def tag(self, repository, version, tag):
        """The SDK's tag, unless the list of published tags has the image under other ones."""
        processor = re.search(r"-(cpu|gpu)\b", tag)
        for facts, tags in self.published.get(repository, []):
            if processor and facts["accelerator"] != processor[1]:
                continue
            if tag not in tags and (shortest := self.shortest(version, tags)):
                return shortest
        return tag

    @staticmethod
    def shortest(version, tags):
        same = [tag for tag in tags if tag == version or tag.startswith(f"{version}-")]
        return min(same, key=len, default=None)

    def add(self, framework, registry, regions, repository, version, tag, processors=None, short=False):
        known = self.registries.setdefault(registry, {})
        for region, account in regions.items():
            if known.setdefault(region, account) != account:
                raise SystemExit(f"{framework} {version}: {region} is {account}, in {registry} it is {known[region]}")
        key = (framework, repository, registry, tuple(processors or ()), short, tuple(sorted(regions)))
        self.rows.setdefault(key, {})[version] = tag

    # The three kinds of images

    def algorithms(self):
        for registry, names in ALGORITHMS.items():
            for name in names:
                (image,) = self.config(name)["versions"].values()
                for version in ("1", "latest"):
                    self.add(name, registry, image["registries"], image["repository"], version, "1")

        for name, registry in (("sparkml-serving", "frameworks"), ("vw", "vw")):
            config = self.config(name)
            for version, image in config["versions"].items():
                parts = [image.get("tag_prefix", version), *config.get("processors", []), *image.get("py_versions", [])]
                self.add(name, registry, image["registries"], image["repository"], version, "-".join(parts))

    def classical(self):
        for name in ("xgboost", "sklearn"):
            config = self.config(name)
            versions = config["inference"]["versions"]
            for version, image in versions.items():
                repository = image["repository"]
                if repository == "xgboost":
                    for tag in (version, "latest"):
                        self.add(name, "algorithms-a", image["registries"], repository, tag, tag)
                    continue
                tag = "-".join([version, *image.get("processors", []), *image.get("py_versions", [])])
                self.add(
                    name, "frameworks", image["registries"], repository, version, self.tag(repository, version, tag)
                )
            newest = versions[newest_first(versions)[0]]
            for facts, tags in self.published[newest["repository"]]:
                if facts["version"] not in versions:
                    tag = self.shortest(facts["version"], tags)
                    regions = newest["registries"]
                    self.add(name, "frameworks", regions, newest["repository"], facts["version"], tag)
            for version, tag in GRAVITON_TAGS[name].items():
                image = config["inference_graviton"]["versions"][version]
                self.add(name, "frameworks", image["registries"], image["repository"], version, tag, ["arm"])

    def deep_learning(self):
        for name in ("pytorch", "tensorflow", "mxnet"):
            config = self.config(name)
            for version, image in config["inference"]["versions"].items():
                python = image.get("py_versions") or [key for key in image if key.startswith("py")]
                image = image if "repository" in image else image[python[-1]]
                if python == ["py2"]:
                    continue  # Python 2 has ended, and nothing newer is in the image.
                tags = [
                    self.tag(image["repository"], version, "-".join([version, processor, *python[-1:]]))
                    for processor in config["inference"]["processors"]
                ]
                tag = tags[0].replace("-cpu", "-{processor}")
                if tag.replace("{processor}", "gpu") != tags[1]:
                    raise SystemExit(f"{name} {version}: {tags} differ by more than the processor")
                self.deep(name, image, version, tag, ["cpu", "gpu"])
            for version, image in config.get("inference_graviton", {"versions": {}})["versions"].items():
                tag = "-".join([version, "cpu", *image["py_versions"], image["container_version"]["cpu"], "sagemaker"])
                self.deep(name, image, version, tag, ["arm"])

        for repository, (name, processor, (file, scope)) in LIKE.items():
            like = self.config(file)[scope]["versions"]
            image = like[newest_first(like)[0]]
            while "registries" not in image:
                image = image[newest_first(key for key in image if key != "version_aliases")[0]]
            newest_sdk = {}
            for facts, tags in self.published[repository]:
                if facts["accelerator"] in ("cpu", processor):
                    version = tags[0].split("-")[0]
                    sdk = [int(part) for part in facts.get("sdk", "0").split(".")]
                    newest_sdk[version] = max(newest_sdk.get(version, ([], "")), (sdk, self.shortest(version, tags)))
            for version, (_, tag) in newest_sdk.items():
                self.deep(name, image | {"repository": repository}, version, tag, [processor])

    def hugging_face(self):
        for file, tool in (("huggingface", None), ("huggingface-neuron", "neuron"), ("huggingface-neuronx", "neuronx")):
            for version, bases in self.config(file)["inference"]["versions"].items():
                for base, image in bases.items():
                    if base == "version_aliases":
                        continue
                    number = re.sub("^[a-z]+", "", base)
                    for processor, system in image["container_version"].items():
                        parts = [f"{number}-transformers{version}", tool or processor, image["py_versions"][-1]]
                        sdk = newest_first(image.get("sdk_versions", []))[:1]
                        tag = "-".join([*parts, *sdk, system])
                        self.deep("huggingface", image, f"{version}-{base}", tag, [tool or processor])

        for repository in ("huggingface-pytorch-inference", "huggingface-tensorflow-inference"):
            for facts, tags in self.published[repository]:
                number = tags[0].split("-")[0]
                base = facts["framework"].lower() + number
                version = facts["transformers"]
                if not any(tags[0] in versions.values() for versions in self.rows.values()):
                    bases = self.config("huggingface")["inference"]["versions"]
                    if version not in bases:
                        raise SystemExit(f"transformers {version} is new: which regions have it?")
                    image = next(image for name, image in bases[version].items() if name.startswith(base.split(".")[0]))
                    self.deep("huggingface", image, f"{version}-{base}", tags[0], [facts["accelerator"]])

    def tools(self):
        """Each has one version; where that has no name, the image is pulled without a tag."""
        tools = {}
        for name in TOOLS:
            config = self.config(name)
            ((version, image),) = config.get("processing", config)["versions"].items()
            self.registries[name] = image["registries"]
            tools[name] = ":".join([image["repository"], version] if version else [image["repository"]])
        return tools

    def deep(self, framework, image, version, tag, processors):
        regions = image["registries"]
        registry = DEEP_LEARNING[regions["us-east-1"]]
        self.add(framework, registry, regions, image["repository"], version, tag, processors, short=True)

    def write(self):
        self.algorithms()
        self.classical()
        self.deep_learning()
        self.hugging_face()
        tools = self.tools()
        images = []
        for (framework, repository, registry, processors, short, regions), versions in self.rows.items():
            missing = sorted(set(self.registries[registry]) - set(regions))
            row = {"framework": framework, "repository": repository, "registry": registry}
            row |= {"processors": list(processors)} if processors else {}
            row |= {"short": True} if short else {}
            row |= {"notIn": missing} if missing else {}
            images.append(row | {"versions": {version: versions[version] for version in newest_first(versions)}})
        order = newest_first({next(iter(row["versions"])) for row in images})
        images.sort(key=lambda row: (row["framework"], order.index(next(iter(row["versions"])))))
        return {
            "source": f"https://github.com/aws/sagemaker-python-sdk/tree/{self.sdk.commit}/{SDK} and "
            f"https://github.com/aws/deep-learning-containers/tree/{self.containers.commit}/{CONTAINERS}, "
            "by refresh.py",
            "dnsSuffixes": DNS_SUFFIXES,
            "registries": {name: dict(sorted(regions.items())) for name, regions in self.registries.items()},
            "images": images,
            "tools": tools,
            "aliases": ALIASES,
            "byUriOnly": BY_URI_ONLY,
        }


def check_regions(table, containers):
    """The list of tags comes with a page of accounts; the two sources have to agree."""
    page = containers.text("docs/reference/region_availability.md").split("## SageMaker Algorithm Registry")
    for registry, text in zip(("deep-learning", "frameworks"), page):
        for region, account in re.findall(r"\| ([a-z0-9-]+) \| (\d{12}) \|", text):
            if table["registries"][registry].get(region) != account:
                raise SystemExit(f"{registry} {region}: {account} in deep-learning-containers, else in the SDK")


def versions_for_people(table):
    lines = ["| framework | on | versions |", "| --- | --- | --- |"]
    names = {"": "any but Graviton", "cpu": "CPU", "gpu": "GPU", "arm": "Graviton", "neuron": "Inferentia",
             "neuronx": "Inferentia2, Trainium"}
    listed = {}
    for row in table["images"]:
        for processor in row.get("processors", [""]):
            listed.setdefault((row["framework"], processor), []).extend(row["versions"])
    merged = {}
    for (framework, processor), versions in listed.items():
        merged.setdefault((framework, tuple(versions)), []).append(names[processor])
    for (framework, versions), processors in merged.items():
        lines.append(f"| {framework} | {', '.join(processors)} | {', '.join(versions)} |")
    return "\n".join(lines)


def main(sdk, containers):
    sdk, containers = Clone(sdk), Clone(containers)
    table = Table(sdk, containers).write()
    check_regions(table, containers)
    (HERE / "images.json").write_text(json.dumps(table, indent=2) + "\n")
    begin, end = "<!-- versions: written by refresh.py -->\n", "\n<!-- end of versions -->"
    if DOCUMENT.exists():
        before, rest = DOCUMENT.read_text().split(begin)
        DOCUMENT.write_text(before + begin + versions_for_people(table) + end + rest.split(end)[1])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
