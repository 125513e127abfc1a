using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Packaging;

public sealed class TemplatePackageTests
{
    // If this changes, every running pipeline is deployed again by the next, unchanged request.
    private const string KnownSha256 = "fdbc5c7ef24f748e1076b4f4e4b41c702428f42730e48adca3b3d6b239ee0035";

    private static readonly PackageFile Template = new("template.yaml", "Resources: {}\n"u8.ToArray());
    private static readonly PackageFile Parameters = new("pipeline.json", "{}"u8.ToArray());

    [Test]
    public void The_same_files_give_the_same_bytes_in_any_order_and_on_any_day()
    {
        var one = TemplatePackage.Pack(() => [Template, Parameters]);
        var other = TemplatePackage.Pack(() => [Parameters, Template]);

        Assert.That(other.Bytes.ToArray(), Is.EqualTo(one.Bytes.ToArray()));
        Assert.That(one.Sha256, Is.EqualTo(KnownSha256));
    }

    [Test]
    public void Another_byte_gives_another_sha256()
    {
        var one = TemplatePackage.Pack(() => [Template]);
        var other = TemplatePackage.Pack(() => [Template with { Content = "Resources: { }\n"u8.ToArray() }]);

        Assert.That(other.Sha256, Is.Not.EqualTo(one.Sha256));
    }

    [Test]
    public void Two_files_of_one_name_are_refused() =>
        Assert.That(() => TemplatePackage.Pack(() => [Template, Template]), Throws.ArgumentException);

    [Test]
    public void A_request_gives_the_template_and_a_configuration_file_per_target()
    {
        var settings = Deployments.Multi();
        var request = Encoding.UTF8.GetBytes(Deployments.Example("byom_realtime_builtin"));

        var plan = Deployments.Planner(settings).Plan(request, out _)!;

        var files = Unzip(plan.Package);
        Assert.That(files.Keys, Is.EqualTo((string[])["dev.json", "prod.json", "staging.json", "template.yaml"]));
        Assert.That(
            files["template.yaml"],
            Is.EqualTo(
                string.Join(
                    '\n',
                    File.ReadAllText(Path.Combine(Deployments.BlueprintFolder, "realtime-inference", "template.yaml"))
                        .Split('\n')
                        .Where(line => !line.Contains("# insert: ", StringComparison.Ordinal))
                )
            )
        );
        var configuration = JsonDocument.Parse(files["prod.json"]).RootElement;
        Assert.That(
            configuration.GetProperty("Parameters").EnumerateObject().Select(member => member.Value.ValueKind),
            Is.All.EqualTo(JsonValueKind.String)
        );
        Assert.That(
            configuration.GetProperty("Tags").EnumerateObject().Select(member => $"{member.Name}={member.Value}"),
            Is.EqualTo(
                (string[])
                    [
                        "mlops:deployment=mlops-dev",
                        "mlops:model-name=my-model",
                        "mlops:pipeline=mlops-pipeline-my-model-byompipelinerealtimebuiltin",
                        "mlops:pipeline-type=byom_realtime_builtin",
                    ]
            )
        );
    }

    internal static Dictionary<string, string> Unzip(TemplatePackage package)
    {
        using var zip = new ZipArchive(new MemoryStream(package.Bytes.ToArray()));
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open());
                return reader.ReadToEnd();
            }
        );
    }
}
