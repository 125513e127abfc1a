using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Tests.Values;

public sealed class S3LocationTests
{
    [TestCase("bucket/key", Description = "as the predecessor's clients write it")]
    [TestCase("s3://bucket/key", Description = "as everybody else does")]
    [TestCase("S3://bucket/key")]
    [TestCase("bucket/key/")]
    [TestCase(" s3://bucket/key/ ", Description = "pasted from a console")]
    public void The_same_place_is_read_from(string text) =>
        Assert.That(S3Location.Parse(text), Is.EqualTo(S3Location.Parse("bucket/key")));

    [TestCase("bucket", "bucket", "")]
    [TestCase("bucket/", "bucket", "")]
    [TestCase("my.bucket-1/a/b c/ü.csv", "my.bucket-1", "a/b c/ü.csv")]
    public void Bucket_and_key_are_told_apart(string text, string bucket, string key)
    {
        var location = S3Location.Parse(text);

        Assert.That((location.Bucket, location.Key), Is.EqualTo((bucket, key)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("s3://", Description = "no bucket")]
    [TestCase("/key", Description = "no bucket")]
    [TestCase("ab/key", Description = "a bucket has 3 characters at least")]
    [TestCase("Bucket/key", Description = "upper case is not a bucket")]
    [TestCase("my_bucket/key")]
    [TestCase("-bucket/key")]
    [TestCase("bu..cket/key")]
    [TestCase("192.168.0.1/key", Description = "an address is not a bucket")]
    [TestCase("bucket/../etc", Description = "dot segments are somebody's mistake or attack")]
    [TestCase("bucket/./key")]
    [TestCase("bucket//key", Description = "an empty segment")]
    [TestCase("bucket/a\nb", Description = "a control character")]
    [TestCase("bucket/*", Description = "a pattern, in the policy of the model's role")]
    [TestCase("bucket/captured?/")]
    [TestCase("bucket/${aws:username}", Description = "a variable of such a policy")]
    [TestCase("https://bucket/key")]
    public void Refuses(string? text)
    {
        Assert.That(S3Location.TryParse(text, out _), Is.False);
        Assert.That(() => S3Location.Parse(text ?? ""), Throws.InstanceOf<FormatException>());
    }

    [TestCase(1_024, true)]
    [TestCase(1_025, false)]
    public void A_key_has_1024_bytes_at_most(int length, bool valid) =>
        Assert.That(S3Location.TryParse("bucket/" + new string('k', length), out _), Is.EqualTo(valid));

    [TestCase(63, true)]
    [TestCase(64, false)]
    public void A_bucket_has_63_characters_at_most(int length, bool valid) =>
        Assert.That(S3Location.TryParse(new string('b', length), out _), Is.EqualTo(valid));
}
