using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Mlops.Cli.Words;

/// <summary>How words of the line are read.</summary>
internal static class Parsing
{
    /// <summary>What looks like an option and is none would be taken for a name.</summary>
    public static void NoOption(ArgumentResult result)
    {
        foreach (
            var word in result.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word[0] == '-')
        )
        {
            result.AddError($"There is no option {word}.");
        }
    }

    /// <summary>An option that takes one of a few words, in any case.</summary>
    public static Option<T> Choice<T>(string[] names, string description, params (string Word, T Value)[] words)
    {
        var option = new Option<T>(names[0], names[1..])
        {
            Description = description,
            HelpName = string.Join('|', words.Select(word => word.Word)),
            CustomParser = result => OneOf(result, words),
        };
        Offer(option.CompletionSources, words);
        return option;
    }

    /// <summary>An argument that takes one of a few words, in any case.</summary>
    public static Argument<T> Choice<T>(string name, string description, params (string Word, T Value)[] words)
    {
        var argument = new Argument<T>(name)
        {
            Description = description,
            CustomParser = result => OneOf(result, words),
        };
        Offer(argument.CompletionSources, words);
        return argument;
    }

    /// <summary><c>--registry on|off</c>: what a check without a deployment takes for granted.</summary>
    public static Option<Switch> Registry() =>
        Choice(
            ["--registry"],
            "Whether the deployment takes models from the SageMaker Model Registry (default: off).",
            ("on", Switch.On),
            ("off", Switch.Off)
        );

    /// <summary>Our words, in the place of the names of an enumeration, which the parser offers by itself.</summary>
    private static void Offer<T>(
        List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources,
        (string Word, T Value)[] words
    )
    {
        sources.Clear();
        sources.Add(_ => words.Select(word => new CompletionItem(word.Word)));
    }

    private static T? OneOf<T>(ArgumentResult result, (string Word, T Value)[] words)
    {
        var given = result.Tokens[0].Value;
        foreach (var (word, value) in words)
        {
            if (string.Equals(word, given, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        result.AddError($"\"{given}\" is none of {string.Join(", ", words.Select(word => word.Word))}.");
        return default;
    }

    /// <summary>Not a bool: the parser gives a bool option no word that is not true or false.</summary>
    public enum Switch
    {
        Off,
        On,
    }
}
