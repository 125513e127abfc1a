using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>
/// Asks AWS about something of the user's before anything is declared. The answer is awaited: were it an output, its
/// refusal would come back once more, with a stack trace, from everything that depends on it.
/// </summary>
internal static class Lookup
{
    /// <summary>What AWS answers.</summary>
    /// <param name="key">The setting that names the thing.</param>
    /// <param name="what">The thing, for people.</param>
    /// <param name="asked">The call.</param>
    /// <exception cref="RunException">AWS does not know the thing, or does not let us see it.</exception>
    public static T Answer<T>(string key, string what, Task<T> asked)
    {
        try
        {
            // A stack is made synchronously. There is no synchronization context to lock up.
            return asked.GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it is (of the engine, of gRPC), its message is AWS's.
            throw Refusal(
                key,
                $"{what} cannot be looked up: {failure.Message.TrimEnd('.')}",
                SettingCommand.Remove(key)
            );
        }
    }

    /// <summary>One sentence to the user, without a stack trace.</summary>
    public static RunException Refusal(string key, string what, string command)
    {
        var refusal = new StackSettingsException([$"  {key}: {what}. Run: {command}"]);
        return new RunException(refusal.Message, refusal);
    }
}
