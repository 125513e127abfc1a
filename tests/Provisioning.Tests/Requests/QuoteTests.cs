using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Tests.Requests;

/// <summary>What a client sent stays in its place: on its line, in its quotes.</summary>
public sealed class QuoteTests
{
    [TestCase("churn", "\"churn\"")]
    [TestCase("x\n::add-mask::y", "\"x\\n::add-mask::y\"", Description = "a command of a CI job's log")]
    [TestCase("x\r\n```\r\n@team", "\"x\\r\\n```\\r\\n@team\"", Description = "the end of a fence of Markdown")]
    [TestCase("\u001b[2Jx", "\"\\u001b[2Jx\"", Description = "a command of a terminal")]
    [TestCase("a\tb\0c", "\"a\\tb\\u0000c\"")]
    [TestCase("a\u0085b\u2028c\u2029d", "\"a\\u0085b\\u2028c\\u2029d\"", Description = "Unicode's line ends")]
    [TestCase("a\u202eb\u200fc", "\"a\\u202eb\\u200fc\"", Description = "turns the direction of what follows")]
    [TestCase("Kündigung 🌈 C:\\n", "\"Kündigung 🌈 C:\\n\"", Description = "letters stay as they are")]
    public void A_text_is_on_one_line(string value, string quoted) =>
        Assert.That(Quote.Text(value), Is.EqualTo(quoted));

    [Test]
    public void A_long_text_is_cut_before_it_is_escaped() =>
        Assert.That(
            Quote.Text(new string('\n', Finding.ValueLimit + 1)),
            Is.EqualTo($"\"{string.Concat(Enumerable.Repeat("\\n", Finding.ValueLimit - 1))}…\"")
        );

    [TestCase("a/b~c", "/keys/a~1b~0c")]
    [TestCase("x\n::error::y", "/keys/x\\n::error::y")]
    public void A_pointer_is_on_one_line(string name, string pointer) =>
        Assert.That(Quote.Pointer("/keys", name), Is.EqualTo(pointer));

    [TestCase("it's", "'it'\\''s'")]
    [TestCase("x\ny", "'x\\ny'")]
    public void A_word_of_a_command_is_on_one_line(string value, string word) =>
        Assert.That(Quote.Word(value), Is.EqualTo(word));
}
