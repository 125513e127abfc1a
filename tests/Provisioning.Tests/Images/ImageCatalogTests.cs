using System.Text.Json.Nodes;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Tests.Images;

public sealed class ImageCatalogTests
{
    private const string Uri =
        @"^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov)/[a-z0-9-]+:[a-z0-9._-]+$";

    private static readonly ImageCatalog Images = new();

    /// <summary>Accounts by region, read beside the code under test.</summary>
    private static readonly ILookup<string, string> Registries = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Images", "images.json"))
    )!["registries"]!
        .AsObject()
        .SelectMany(registry => registry.Value!.AsObject())
        .ToLookup(region => region.Key, region => region.Value!.GetValue<string>());

    [TestCase("xgboost", "1.2-2", "us-east-1", "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.2-2")]
    [TestCase(
        "xgboost",
        "1.0-1",
        "us-west-2",
        "246618743249.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost:1.0-1-cpu-py3"
    )]
    [TestCase("xgboost", "1", "us-east-1", "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1")]
    [TestCase("xgboost", "latest", "eu-west-1", "685385470294.dkr.ecr.eu-west-1.amazonaws.com/xgboost:latest")]
    [TestCase("linear-learner", "1", "us-east-1", "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1")]
    [TestCase("linear-learner", "latest", "us-east-1", "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1")]
    [TestCase(
        "forecasting-deepar",
        "1",
        "ca-west-1",
        "190319476487.dkr.ecr.ca-west-1.amazonaws.com/forecasting-deepar:1"
    )]
    [TestCase(
        "sklearn",
        "1.2-1",
        "ap-south-1",
        "720646828776.dkr.ecr.ap-south-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
    )]
    [TestCase(
        "sparkml-serving",
        "3.3",
        "eu-central-1",
        "492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-sparkml-serving:3.3"
    )]
    [TestCase(
        "vw",
        "8.7.0",
        "us-east-2",
        "462105765813.dkr.ecr.us-east-2.amazonaws.com/sagemaker-rl-vw-container:vw-8.7.0-cpu"
    )]
    [TestCase("kmeans", "1", "cn-north-1", "390948362332.dkr.ecr.cn-north-1.amazonaws.com.cn/kmeans:1")]
    [TestCase("kmeans", "1", "us-iso-east-1", "490574956308.dkr.ecr.us-iso-east-1.c2s.ic.gov/kmeans:1")]
    [TestCase("kmeans", "1", "us-isob-east-1", "765400339828.dkr.ecr.us-isob-east-1.sc2s.sgov.gov/kmeans:1")]
    [TestCase("xgboost", "1.7-1", "ca-west-1", "190319476487.dkr.ecr.ca-west-1.amazonaws.com/sagemaker-xgboost:1.7-1")]
    [TestCase("xgboost", "3.2-0", "us-east-2", "257758044811.dkr.ecr.us-east-2.amazonaws.com/sagemaker-xgboost:3.2-0")]
    [TestCase(
        "sklearn",
        "1.4-2-py312",
        "us-east-1",
        "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-py312"
    )]
    public void Finds(string framework, string version, string region, string uri) =>
        Assert.That(Images.Find(framework, version, region, Processor.Cpu), Is.EqualTo(uri));

    // URIs, or accounts and tags, as the SageMaker guide (dg-ecr-paths, "Docker Registry Paths and Example Code"), its
    // examples and the list of AWS Deep Learning Containers (available_images.md) have them.
    [TestCase("pytorch", "2.6.0", "ml.m5.large", "us-east-1", "763104351884", "pytorch-inference:2.6.0-cpu-py312")]
    [TestCase("pytorch", "2.6", "ml.g5.xlarge", "mx-central-1", "637423239942", "pytorch-inference:2.6.0-gpu-py312")]
    [TestCase("pytorch", "1.12.0", "ml.p3.2xlarge", "eu-west-1", "763104351884", "pytorch-inference:1.12.0-gpu-py38")]
    [TestCase(
        "pytorch",
        "2.1.0",
        "ml.c7g.large",
        "us-east-1",
        "763104351884",
        "pytorch-inference-graviton:2.1.0-cpu-py310-ubuntu20.04-sagemaker"
    )]
    [TestCase(
        "pytorch",
        "2.2",
        "ml.m6gd.large",
        "us-east-1",
        "763104351884",
        "pytorch-inference-graviton:2.2.1-cpu-py310-ubuntu20.04-sagemaker",
        Description = "the newest 2.2 on Graviton, not on Intel"
    )]
    [TestCase(
        "pytorch",
        "2.6.0",
        "ml.r8g.large",
        "us-east-1",
        "763104351884",
        "pytorch-inference-arm64:2.6.0-cpu-py312"
    )]
    [TestCase(
        "pytorch",
        "2.6.0",
        "ml.trn1.2xlarge",
        "us-east-1",
        "763104351884",
        "pytorch-inference-neuronx:2.6.0-neuronx-py310-sdk2.23.0-ubuntu22.04"
    )]
    [TestCase("pytorch", "1.1.0", "ml.c5.large", "us-gov-west-1", "246785580436", "sagemaker-pytorch:1.1.0-cpu-py3")]
    [TestCase("tensorflow", "2.1.3", "ml.m5.large", "us-east-2", "763104351884", "tensorflow-inference:2.1.3-cpu")]
    [TestCase("tensorflow", "2.11.0", "ml.g4dn.xlarge", "sa-east-1", "763104351884", "tensorflow-inference:2.11.0-gpu")]
    [TestCase("tensorflow", "2.9", "ml.m7i-flex.large", "af-south-1", "626614931356", "tensorflow-inference:2.9.3-cpu")]
    [TestCase(
        "tensorflow",
        "2.9",
        "ml.c6gn.large",
        "us-west-2",
        "763104351884",
        "tensorflow-inference-graviton:2.9.1-cpu-py38-ubuntu20.04-sagemaker"
    )]
    [TestCase("mxnet", "1.4.1", "ml.c5.4xlarge", "us-east-1", "763104351884", "mxnet-inference:1.4.1-cpu-py3")]
    [TestCase("mxnet", "1.8", "ml.m5.large", "us-east-1", "763104351884", "mxnet-inference:1.8.0-cpu-py37")]
    [TestCase(
        "huggingface",
        "4.26.0",
        "ml.g4dn.xlarge",
        "us-west-2",
        "763104351884",
        "huggingface-pytorch-inference:1.13.1-transformers4.26.0-gpu-py39-cu117-ubuntu20.04",
        Description = "PyTorch before TensorFlow"
    )]
    [TestCase(
        "huggingface",
        "4.26-tensorflow2.11",
        "ml.m5.large",
        "eu-central-1",
        "763104351884",
        "huggingface-tensorflow-inference:2.11.1-transformers4.26.0-cpu-py39-ubuntu20.04"
    )]
    [TestCase(
        "huggingface",
        "4.49.0-pytorch2.6.0",
        "ml.p5.48xlarge",
        "us-east-1",
        "763104351884",
        "huggingface-pytorch-inference:2.6.0-transformers4.49.0-gpu-py312-cu124-ubuntu22.04"
    )]
    [TestCase(
        "huggingface",
        "4.55",
        "ml.inf2.xlarge",
        "us-east-1",
        "763104351884",
        "huggingface-pytorch-inference-neuronx:2.8.0-transformers4.55.4-neuronx-py310-sdk2.26.0-ubuntu22.04"
    )]
    [TestCase(
        "huggingface",
        "4.12.3",
        "ml.inf1.xlarge",
        "us-east-1",
        "763104351884",
        "huggingface-pytorch-inference-neuron:1.9.1-transformers4.12.3-neuron-py37-sdk1.17.1-ubuntu18.04"
    )]
    [TestCase("xgboost", "1.5-1", "ml.m6g.large", "us-east-1", "683313688378", "sagemaker-xgboost:1.5-1-arm64")]
    [TestCase("xgboost", "1.5-1", "ml.g5.xlarge", "us-east-1", "683313688378", "sagemaker-xgboost:1.5-1")]
    public void Finds_by_instance_type(
        string framework,
        string version,
        string instance,
        string region,
        string account,
        string image
    ) =>
        Assert.That(
            Images.Find(framework, version, region, Of(instance)),
            Is.EqualTo($"{account}.dkr.ecr.{region}.amazonaws.com/{image}")
        );

    [TestCase("kmeans", "2", "us-east-1", Description = "never silently replaced by 1")]
    [TestCase("xgboost", "1.7", "us-east-1")]
    [TestCase("lda", "1", "eu-north-1", Description = "not in this region")]
    [TestCase("xgboost", "1", "ca-west-1", Description = "this region has the newer repository only")]
    [TestCase("sparkml-serving", "3.3", "il-central-1")]
    [TestCase("pytorch", "1", "us-east-1", Description = "too short to mean one version")]
    [TestCase("pytorch", "2.6.1", "us-east-1")]
    [TestCase("pytorch", "2.6.", "us-east-1")]
    [TestCase("huggingface", "4.26-pytorch2", "us-east-1")]
    [TestCase("huggingface", "4.26-", "us-east-1")]
    [TestCase("huggingface", "4.49.0", "mx-central-1", Description = "not in this region")]
    [TestCase("", "", "")]
    public void Finds_nothing_for(string framework, string version, string region) =>
        Assert.That(Images.Find(framework, version, region, Processor.Cpu), Is.Null);

    [TestCase("mxnet", "1.9.0", "ml.m6g.large")]
    [TestCase("pytorch", "2.3.0", "ml.inf2.xlarge")]
    [TestCase("pytorch", "2.9.0", "ml.m5.large", Description = "an image for Inferentia2 and Trainium alone")]
    [TestCase("kmeans", "1", "ml.c7g.large", Description = "built for Intel and AMD")]
    public void Finds_nothing_on(string framework, string version, string instance) =>
        Assert.That(Images.Find(framework, version, "us-east-1", Of(instance)), Is.Null);

    [TestCase("ml.m5.large", Processor.Cpu)]
    [TestCase("ml.c5n.large", Processor.Cpu)]
    [TestCase("ml.m7i-flex.large", Processor.Cpu)]
    [TestCase("ml.g4dn.xlarge", Processor.Gpu)]
    [TestCase("ml.gr6.4xlarge", Processor.Gpu)]
    [TestCase("ml.p6-b200.48xlarge", Processor.Gpu)]
    [TestCase("ml.m6g.large", Processor.Arm)]
    [TestCase("ml.c7gn.large", Processor.Arm)]
    [TestCase("ml.x2gd.large", Processor.Arm)]
    [TestCase("ml.inf1.xlarge", Processor.Neuron)]
    [TestCase("ml.inf2.xlarge", Processor.Neuronx)]
    [TestCase("ml.trn1n.32xlarge", Processor.Neuronx)]
    public void An_instance_type_has(string instance, Processor processor) =>
        Assert.That(Of(instance), Is.EqualTo(processor));

    [Test]
    public void Every_image_is_found_in_every_region_that_it_is_said_to_be_in([Values] Processor processor)
    {
        foreach (var framework in Images.Frameworks)
        {
            foreach (var version in Images.Versions(framework, processor))
            {
                var regions = Images.Regions(framework, version, processor);

                Assert.That(regions, Is.Not.Empty, framework);
                foreach (var region in regions)
                {
                    var uri = Images.Find(framework, version, region, processor);

                    Assert.That(uri, Does.Match(Uri), $"{framework} {version} {region}");
                    Assert.That(uri!.Split('.')[3], Is.EqualTo(region));
                    Assert.That(Registries[region], Does.Contain(uri.Split('.')[0]), $"{framework} {version} {region}");
                }
            }
        }
    }

    [Test]
    public void A_version_is_one_image_for_a_processor([Values] Processor processor)
    {
        foreach (var framework in Images.Frameworks)
        {
            var versions = Images.Versions(framework, processor);

            Assert.That(versions, Is.Unique, framework);
            Assert.That(
                versions.Select(version => Images.Version(framework, version, processor)),
                Is.EqualTo(versions)
            );
        }
    }

    [Test]
    public void Another_name_is_one_of_a_framework_and_no_framework_itself()
    {
        Assert.That(Images.Aliases.Values.Distinct(), Is.SubsetOf(Images.Frameworks));
        Assert.That(Images.Aliases.Keys, Has.None.AnyOf([.. Images.Frameworks]));
        Assert.That(Images.FrameworksByUriOnly, Has.None.AnyOf([.. Images.Frameworks, .. Images.Aliases.Keys]));
    }

    private static Processor Of(string instance) =>
        InstanceType.TryParse(instance, out var type) ? Processors.Of(type) : throw new FormatException(instance);
}
