namespace Mlops.Local.Hosting;

/// <summary>HTTP to this machine: no proxy, no redirect, no cookie.</summary>
internal static class LoopbackHttp
{
    public static HttpClient Client() => new(Handler());

    public static SocketsHttpHandler Handler() =>
        new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
}
