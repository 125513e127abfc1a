using Mlops.Provisioning.Requests;

namespace Mlops.Architecture.Tests;

/// <summary>docs/errors.md against the code.</summary>
public sealed class ErrorsPageTests
{
    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. Checkout
            .Read("docs/errors.md")
            .Split('\n')
            .Where(line => line.StartsWith("| MLP", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    [Test]
    public void Every_code_is_explained_once_and_in_order()
    {
        var codes = typeof(FindingCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.That(Rows.Select(row => row[0]), Is.EqualTo(codes.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Every_row_says_what_it_means_and_what_to_do()
    {
        Assert.That(Rows, Is.All.Length.EqualTo(3));
        Assert.That(Rows.SelectMany(row => row), Has.None.Empty);
    }

    [Test]
    public void The_limits_are_those_of_the_code()
    {
        Assert.That(PipelineRequest.SizeLimit, Is.EqualTo(1024 * 1024));
        Assert.That(Meaning(FindingCodes.TooLarge), Does.Contain("1 MiB"));
        Assert.That(Meaning(FindingCodes.TooDeep), Does.Contain($"{PipelineRequest.DepthLimit} levels"));
    }

    private static string Meaning(string code) => Rows.Single(row => row[0] == code)[1];
}
