using Amazon.Runtime;

namespace Mlops.Cli.Tests.Support;

/// <summary>Lets S3's client ask the fake API.</summary>
internal sealed class FakeStorageHttp(HttpClient http) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
