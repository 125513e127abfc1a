using Mlops.Provisioning.Telemetry;

namespace Mlops.Provisioning.Tests.Telemetry;

public sealed class TraceContextTests
{
    private const string Root = "1-5759e988-bd862e3fe1be46a994272793";

    [TestCase($"Root={Root};Parent=53995c3f42cd8ad8;Sampled=1")]
    [TestCase($"Sampled=1; Parent=53995c3f42cd8ad8; Root={Root}", Description = "in any order, with spaces")]
    [TestCase(
        $"Root={Root};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a87bd80c:1",
        Description = "as Lambda gives it"
    )]
    public void A_sampled_trace_has_its_place(string header)
    {
        Assert.That(TraceContext.Sampled(header), Is.EqualTo(new TraceContext(Root, "53995c3f42cd8ad8")));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(";;=;")]
    [TestCase($"Root={Root};Parent=53995c3f42cd8ad8;Sampled=0")]
    [TestCase($"Root={Root};Parent=53995c3f42cd8ad8", Description = "not decided")]
    [TestCase($"Root={Root};Sampled=1", Description = "no parent")]
    [TestCase("Parent=53995c3f42cd8ad8;Sampled=1", Description = "no trace")]
    public void Nothing_is_traced_under(string? header)
    {
        Assert.That(TraceContext.Sampled(header), Is.Null);
    }
}
