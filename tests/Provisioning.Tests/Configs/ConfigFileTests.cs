using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Tests.Configs;

public sealed class ConfigFileTests
{
    [Test]
    public void One_request_is_a_file_as_it_was_for_the_predecessor()
    {
        var file = Read("""{"$schema": "x", "pipeline_type": "byom_realtime_builtin", "model_name": "a"}""");

        Assert.That(file.Requests.Single().Pointer, Is.Empty);
        Assert.That(file.Requests.Single().Request.Keys.Keys, Is.EqualTo((string[])["pipeline_type", "model_name"]));
        Assert.That((file.Prune, file.PruneLimit), Is.EqualTo((false, (int?)null)));
    }

    [Test]
    public void Several_requests_stand_in_a_list()
    {
        var file = Read(
            """{"$schema": "x", "pipelines": [{"a": 1}, {"b": {"dev": [1]}}], "prune": true, "pruneLimit": 3}"""
        );

        Assert.That(
            file.Requests.Select(request => request.Pointer),
            Is.EqualTo((string[])["/pipelines/0", "/pipelines/1"])
        );
        Assert.That(file.Requests[1].Request.Keys["b"].Members["dev"].Text, Is.EqualTo("[1]"), "as it is used");
        Assert.That((file.Prune, file.PruneLimit), Is.EqualTo((true, (int?)3)));
    }

    [TestCase("""{"pipelines": []}""", TestName = "A_file_may_want_no_pipelines")]
    public void Is_read(string json) => Assert.That(Read(json).Requests, Is.Empty);

    [TestCase("", "MLP001  1:1")]
    [TestCase("{", "MLP002  1:2")]
    [TestCase("{} {}", "MLP002  1:4", Description = "two documents")]
    [TestCase("[]", "MLP003  1:1")]
    [TestCase("{\n \"pipelines\": {}}", "MLP015 /pipelines 2:15")]
    [TestCase("{\n \"pipelines\": [1,\n  []]}", "MLP003 /pipelines/0 2:16|MLP003 /pipelines/1 3:3")]
    [TestCase("{\"pipelines\": [], \"prune\": 1}", "MLP015 /prune 1:28")]
    [TestCase("{\"pipelines\": [], \"prune\": true, \"pruneLimit\": -1}", "MLP015 /pruneLimit 1:48")]
    [TestCase("{\"pipelines\": [], \"pruneLimit\": 1}", "MLP034 /pruneLimit 1:33")]
    [TestCase("{\"pipelines\": [], \"model_name\": \"a\"}", "MLP035 /model_name 1:33")]
    [TestCase("{\"pipelines\": [{\"a\": 1, \"a\": 2}]}", "MLP007 /pipelines/0/a 1:25")]
    public void What_is_no_config_file_is_told_with_line_and_column(string json, string wanted)
    {
        Assert.That(ConfigFile.TryParse(Encoding.UTF8.GetBytes(json), out _, out var findings), Is.False);
        Assert.That(
            string.Join('|', findings.Select(found => $"{found.Code} {found.Pointer} {found.Line}:{found.Column}")),
            Is.EqualTo(wanted)
        );
    }

    [Test]
    public void A_file_over_a_megabyte_is_not_read()
    {
        var json = $$"""{"pipelines": [], "$schema": "{{new string('x', ConfigFile.SizeLimit)}}"}""";

        Assert.That(ConfigFile.TryParse(Encoding.UTF8.GetBytes(json), out _, out var findings), Is.False);
        Assert.That(findings.Single().Code, Is.EqualTo(FindingCodes.TooLarge));
    }

    [Test]
    public void Whatever_the_bytes_are_there_is_a_file_or_a_finding() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes => ConfigFile.TryParse(bytes, out _, out var findings) == (findings.Count == 0)
            )
        );

    private static ConfigFile Read(string json)
    {
        Assert.That(ConfigFile.TryParse(Encoding.UTF8.GetBytes(json), out var file, out var findings), Is.True);
        Assert.That(findings, Is.Empty);
        return file!;
    }
}
