namespace Mlops.Provisioning.Tests;

public sealed class DeploymentTagsTests
{
    [TestCase("s3:my-configs/team a/mlops-config.json", Description = "a tag may have all of it")]
    [TestCase("codecommit:models@main:mlops-config.json")]
    public void An_origin_is_the_source_itself(string source) =>
        Assert.That(DeploymentTags.OriginOf(source), Is.EqualTo(source));

    [TestCase("s3:my-configs/a(b).json", "s3:my-configs/a[b].json", Description = "characters that a tag may not have")]
    [TestCase("s3:my-configs/a  b.json", "s3:my-configs/a b.json")]
    public void Two_sources_are_never_one(string first, string second) =>
        Assert.That(DeploymentTags.OriginOf(first), Is.Not.EqualTo(DeploymentTags.OriginOf(second)));

    [Test]
    public void Nor_are_two_that_begin_alike_and_are_longer_than_a_tag_may_be()
    {
        var (first, second) = (Long("1"), Long("2"));

        Assert.That(first, Has.Length.EqualTo(256).And.StartsWith("s3:my-configs/kkk"));
        Assert.That(second, Has.Length.EqualTo(256).And.Not.EqualTo(first));

        static string Long(string end) => DeploymentTags.BucketOrigin("my-configs", new string('k', 300) + end);
    }
}
