using Mlops.Provisioning.Images;

namespace Mlops.Provisioning.Tests.Images;

public sealed class ImageCatalogTests
{
    private static readonly ImageCatalog Images = new();

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
    public void Finds(string framework, string version, string region, string uri) =>
        Assert.That(Images.Find(framework, version, region), Is.EqualTo(uri));

    [TestCase("kmeans", "2", "us-east-1", Description = "never silently replaced by 1")]
    [TestCase("xgboost", "1.7", "us-east-1")]
    [TestCase("lda", "1", "eu-north-1", Description = "not in this region")]
    [TestCase("xgboost", "1", "ca-west-1", Description = "this region has the newer repository only")]
    [TestCase("sparkml-serving", "3.3", "il-central-1")]
    [TestCase("pytorch", "1", "us-east-1")]
    [TestCase("", "", "")]
    public void Finds_nothing_for(string framework, string version, string region) =>
        Assert.That(Images.Find(framework, version, region), Is.Null);

    [Test]
    public void Every_image_is_found_in_every_region_that_it_is_said_to_be_in()
    {
        foreach (var framework in Images.Frameworks)
        {
            foreach (var version in Images.Versions(framework))
            {
                var uris = Images
                    .Regions(framework, version)
                    .Select(region => Images.Find(framework, version, region)!)
                    .ToList();

                Assert.That(
                    uris,
                    Is.Not.Empty.And.All.Matches(@"^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.[a-z0-9.]+/[a-z0-9-]+:[a-z0-9.-]+$"),
                    framework
                );
            }
        }
    }
}
