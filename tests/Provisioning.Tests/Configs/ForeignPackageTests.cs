using System.IO.Compression;
using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>What a plan tells where somebody else, or nobody, has put a package: no less than without looking.</summary>
public sealed class ForeignPackageTests : PackageScene
{
    [TestCase("gone", Description = "nothing is there")]
    [TestCase("", Description = "an empty object")]
    [TestCase("no zip")]
    [TestCase("other files")]
    [TestCase("other content")]
    [TestCase("a number")]
    [TestCase("too large")]
    [TestCase("small, but not when unpacked")]
    public async Task Of_what_is_no_package_of_ours_nothing_is_told(string kind)
    {
        await ThereAsync(Request());
        switch (kind)
        {
            case "gone":
                await ((IPackageStore)Aws).DeleteAsync(Key, CancellationToken.None);
                break;
            case "other files":
                Rewrite(files => files.Clear());
                break;
            case "other content":
                Rewrite(files => files.Keys.ToList().ForEach(name => files[name] = [0xff, 0xfe]));
                break;
            case "a number":
                Rewrite(files =>
                {
                    files
                        .Keys.ToList()
                        .ForEach(name => files[name] = """{"Parameters": {"A": 1}, "Tags": {}}"""u8.ToArray());
                    files.Remove("template.yaml");
                });
                break;
            case "too large":
                Rewrite(files => files["more"] = new byte[2 * 1024 * 1024]);
                break;
            case "small, but not when unpacked":
                Rewrite(files => files["dev.json"] = new byte[64 * 1024 * 1024], CompressionLevel.SmallestSize);
                break;
            default:
                Aws.Assets[Key] = Encoding.UTF8.GetBytes(kind);
                break;
        }

        var planned = await PlannedAsync(With("instance_count", "2"));

        Assert.That(planned.Change, Is.EqualTo(PlannedChange.Update));
        Assert.That(planned.Differences, Is.Null);
        Assert.That(planned.Reasons[0], Is.EqualTo("the package differs"));
        Assert.That(Aws.Ranges, Has.All.LessThanOrEqualTo((2 * 1024 * 1024) + 1));
    }

    [Test]
    public async Task Any_bytes_in_the_place_of_a_package_are_survived()
    {
        await ThereAsync(Request());
        var package = Aws.Packages(Name).Single().Bytes.ToArray();
        var random = new Random(20261123);
        for (var i = 0; i < 300; i++)
        {
            var bytes = package[..random.Next(package.Length + 1)];
            bytes = i % 3 == 0 ? bytes : [.. package];
            // Names, lengths and offsets are at the end.
            for (var each = 0; each < 8; each++)
            {
                var from = i % 2 == 0 ? Math.Max(0, bytes.Length - 400) : 0;
                if (bytes.Length > 0)
                {
                    bytes[random.Next(from, bytes.Length)] = (byte)random.Next(256);
                }
            }

            Aws.Assets[Key] = bytes;
            Assert.That((await PlannedAsync(With("instance_count", "2"))).Change, Is.EqualTo(PlannedChange.Update));
        }
    }

    [Test]
    public async Task A_package_that_may_not_be_read_is_not_compared_and_a_failure_is_a_failure()
    {
        await ThereAsync(Request());
        var request = With("instance_count", "2");
        (Aws.FailAt, Aws.FailCode, Aws.FailStatus) = (Aws.Calls.Count + 1, "AccessDenied", 403);

        Assert.That((await PlannedAsync(request)).Differences, Is.Null);

        (Aws.FailAt, Aws.FailCode, Aws.FailStatus) = (Aws.Calls.Count + 1, "SlowDown", 503);
        await Assert.ThrowsAsync<ServiceFailureException>(() => PlannedAsync(request));
    }
}
