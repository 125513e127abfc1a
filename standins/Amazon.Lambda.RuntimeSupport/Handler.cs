using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A user's function in the form that the loop calls, and the serializer that it was given.</summary>
internal sealed record Handler(LambdaBootstrapHandler Invoke, ILambdaSerializer Serializer)
{
    public static Handler Raw(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(async call => new InvocationResponse(await handler(call.InputStream, call.LambdaContext)), null);

    public static Handler Of<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(
            async call =>
            {
                await handler(serializer.Deserialize<TInput>(call.InputStream), call.LambdaContext);
                return new InvocationResponse(Stream.Null, disposeOutputStream: false);
            },
            serializer
        );

    public static Handler Of<TInput>(
        Func<TInput, ILambdaContext, Task<Stream>> handler,
        ILambdaSerializer serializer
    ) =>
        new(
            async call => new InvocationResponse(
                await handler(serializer.Deserialize<TInput>(call.InputStream), call.LambdaContext)
            ),
            serializer
        );

    public static Handler Of<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler,
        ILambdaSerializer serializer
    ) =>
        new(
            async call =>
            {
                var output = await handler(serializer.Deserialize<TInput>(call.InputStream), call.LambdaContext);
                var stream = new MemoryStream();
                serializer.Serialize(output, stream);
                stream.Position = 0;
                return new InvocationResponse(stream);
            },
            serializer
        );
}
