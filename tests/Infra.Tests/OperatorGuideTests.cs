using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;
using YamlDotNet.RepresentationModel;

namespace Mlops.Infra.Tests;

/// <summary>docs/operator-guide.md against the code.</summary>
public sealed partial class OperatorGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Checkout.Path, "docs", "operator-guide.md"));

    private static readonly IReadOnlyDictionary<string, string[]> Rows = Guide
        .Split('\n')
        .Where(line =>
            line.StartsWith("| `mlops:", StringComparison.Ordinal)
            || line.StartsWith("| `aws:", StringComparison.Ordinal)
        )
        .Select(line => line.Split(" | ", StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[0].Trim('|', ' ', '`'), cells => cells[1..]);

    [Test]
    public void Every_setting_is_in_the_table_and_nothing_besides()
    {
        var settings = typeof(StackSettings)
            .GetProperties()
            .Select(property => property.Name)
            .Where(name => name != "EqualityContract")
            .Select(name =>
                name == nameof(StackSettings.Region)
                    ? "aws:region"
                    : $"mlops:{char.ToLowerInvariant(name[0])}{name[1..]}"
            );

        Assert.That(Rows.Keys, Is.EquivalentTo(settings));
    }

    [Test]
    public void Every_key_that_is_read_is_explained()
    {
        Assert.That(Rows.Keys, Is.EquivalentTo([.. StackSettingKeys.All, StackSettingKeys.Region]));
        Assert.That(Guide, Does.Contain($"`{StackSettingKeys.Targets}`"));
    }

    [Test]
    public void Every_row_has_type_default_and_effect()
    {
        Assert.That(Rows.Values, Is.All.Length.EqualTo(3));
        Assert.That(Rows.Values.SelectMany(cells => cells), Has.None.Empty);
    }

    [TestCase("mlops:retainData", "`true`")]
    [TestCase("mlops:logRetentionDays", "`90`")]
    [TestCase("mlops:apiThrottle", "10 and 20")]
    [TestCase("mlops:detailedErrors", "`true`")]
    [TestCase("mlops:useModelRegistry", "`false`")]
    [TestCase("mlops:createModelRegistry", "`false`")]
    [TestCase("mlops:manageApiGatewayAccount", "`true`")]
    [TestCase("mlops:lambdaPackage", "`auto`")]
    [TestCase("mlops:configSource", "`none`")]
    [TestCase("mlops:configBranch", "`main`")]
    [TestCase("mlops:configPath", "`mlops-config.json`")]
    public void The_default_is_that_of_the_code(string key, string told)
    {
        var settings = Declared.Settings;
        var property = typeof(StackSettings).GetProperty($"{char.ToUpperInvariant(key[6])}{key[7..]}")!;
        var inCode = property.GetValue(settings) switch
        {
            ApiThrottle throttle => $"{throttle.RatePerSecond} and {throttle.Burst}",
            var value => $"`{value!.ToString()!.ToLowerInvariant()}`",
        };

        Assert.That((Rows[key][1], inCode), Is.EqualTo((told, told)));
    }

    [Test]
    public void Every_parameter_of_the_predecessor_is_in_the_other_table()
    {
        foreach (var (old, key) in PredecessorParameters.All)
        {
            var row = Guide.Split('\n').FirstOrDefault(line => line.Contains($"`{old}`", StringComparison.Ordinal));

            Assert.That(row, Is.Not.Null, old);
            Assert.That(key is null || row!.Contains($"`{key}`", StringComparison.Ordinal), Is.True, old);
        }
    }

    [Test]
    public void Every_command_in_it_is_about_a_setting()
    {
        var keys = Command().Matches(Guide).Select(command => command.Groups["key"].Value).Distinct();

        Assert.That(keys, Is.Not.Empty.And.SubsetOf(StackSettingKeys.All));
    }

    [Test]
    public void Its_example_of_a_stack_file_is_YAML_with_both_settings_that_have_parts()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Guide.Split("```yaml\n")[1].Split("```")[0]));
        var parts = (YamlMappingNode)yaml.Documents[0].RootNode["config"];

        Assert.That(
            parts.Children.Keys.Select(key => key.ToString()),
            Is.EqualTo([StackSettingKeys.ApiThrottle, StackSettingKeys.Tags])
        );
    }

    [GeneratedRegex(@"pulumi config (set|rm)( --path)? '?(?<key>mlops:\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
