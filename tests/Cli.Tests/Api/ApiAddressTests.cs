using Mlops.Cli.Api;

namespace Mlops.Cli.Tests.Api;

internal sealed class ApiAddressTests
{
    [TestCase(
        "https://abc123.execute-api.eu-west-1.amazonaws.com/prod",
        null,
        "eu-west-1",
        Description = "the region in the address"
    )]
    [TestCase(
        "https://abc123.execute-api.eu-west-1.amazonaws.com/prod/",
        "us-east-2",
        "us-east-2",
        Description = "an option wins"
    )]
    [TestCase(
        "https://vpce-1.execute-api.us-gov-west-1.vpce.amazonaws.com/prod",
        null,
        "us-gov-west-1",
        Description = "a VPC endpoint"
    )]
    public void The_region_is_found(string given, string? option, string region)
    {
        var services = new CliServices
        {
            Http = null!,
            Input = Stream.Null,
            ReadEnvironment = _ => null,
            WorkingFolder = "",
            BlueprintFolder = "",
            Clock = TimeProvider.System,
        };

        var address = ApiAddress.Of(new GlobalSettings { Api = given, Region = option }, services);

        Assert.That(address, Is.EqualTo(new ApiAddress(given.TrimEnd('/'), region)));
    }
}
