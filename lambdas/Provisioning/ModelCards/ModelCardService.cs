using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.ModelCards;

/// <summary>An operation on model cards was carried out, or begun.</summary>
/// <param name="Status">HTTP status of the answer: 200, or 202 for what goes on.</param>
/// <param name="Body">The answer: <c>message</c> as the predecessor's clients expect it, and what else there is to know.</param>
public sealed record CardAnswered(int Status, JsonObject Body) : ProvisionOutcome;

/// <summary>Carries out operations on model cards, in the orchestrator account. Nothing of it waits.</summary>
public sealed class ModelCardService(IModelCards cards, ProvisioningSettings settings)
{
    private const string Draft = "Draft";
    private const string Archived = "Archived";

    /// <summary>Pages of one list: what fits into an answer by far.</summary>
    private const int PagesOfOneList = 10;

    private readonly CardLookup lookup = new(cards);
    private readonly CardExports exports = new(cards, settings);

    /// <summary>What became of a request; null where it is no operation on model cards.</summary>
    /// <exception cref="ServiceFailureException">AWS refused a call for a reason that is not in the request.</exception>
    public async Task<ProvisionOutcome?> AnswerAsync(byte[] json, CancellationToken cancellationToken)
    {
        if (!MayBeOne(json) || !PipelineRequest.TryParse(json, out var request, out _) || !CardRequests.IsOne(request))
        {
            return null;
        }

        if (CardRequests.Read(request, out var findings) is not { } card)
        {
            return new Refused(RefusalReason.Invalid, findings);
        }

        try
        {
            return await AnswerAsync(card, cancellationToken);
        }
        catch (CardRefusedException refusal)
        {
            return new Refused(refusal.Reason, [refusal.Finding]);
        }
        catch (ServiceFailureException failure) when (CardProblems.Of(failure, card) is { } refusal)
        {
            return refusal;
        }
    }

    private Task<ProvisionOutcome> AnswerAsync(CardRequest card, CancellationToken cancellationToken) =>
        card.Operation switch
        {
            CardOperation.Create => CreateAsync(card, cancellationToken),
            CardOperation.Update => UpdateAsync(card, cancellationToken),
            CardOperation.Describe => DescribeAsync(card, [], cancellationToken),
            CardOperation.Delete => DeleteAsync(card, cancellationToken),
            CardOperation.List => ListAsync(card, cancellationToken),
            CardOperation.Export => exports.ExportAsync(card, cancellationToken),
            _ => throw new NotSupportedException($"{card.Operation} is not carried out."),
        };

    private async Task<ProvisionOutcome> CreateAsync(CardRequest card, CancellationToken cancellationToken)
    {
        var (found, notes) = await lookup.FindAsync(card, cancellationToken);
        var content = CardContent.Merge(CardContent.Merge([], found), card.Content);
        await cards.CreateAsync(card.Name, card.Status ?? Draft, Text(content), cancellationToken);
        return await DescribeAsync(card, notes, cancellationToken);
    }

    private async Task<ProvisionOutcome> UpdateAsync(CardRequest card, CancellationToken cancellationToken)
    {
        var before = await GetAsync(card, cancellationToken);
        var (found, notes) = await lookup.FindAsync(card, cancellationToken);
        var old = CardContent.Parse(before.Content);
        var content = CardContent.Merge(CardContent.Merge(old, found), card.Content);
        var isOther = !JsonNode.DeepEquals(old, content);
        var status = card.Status == before.Status ? null : card.Status;

        // An archived card takes no content, so it comes out of the archive first, and goes into it last.
        if (status is not null && before.Status == Archived)
        {
            await cards.UpdateStatusAsync(card.Name, status, cancellationToken);
            status = null;
        }

        if (isOther)
        {
            await cards.UpdateContentAsync(card.Name, Text(content), cancellationToken);
        }

        if (status is not null)
        {
            await cards.UpdateStatusAsync(card.Name, status, cancellationToken);
        }

        return await DescribeAsync(card, notes, cancellationToken);
    }

    private async Task<ProvisionOutcome> DescribeAsync(
        CardRequest card,
        IReadOnlyList<string> notes,
        CancellationToken cancellationToken
    )
    {
        var body = new JsonObject { ["message"] = (await GetAsync(card, cancellationToken)).Described };
        if (notes.Count > 0)
        {
            body["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]);
        }

        return new CardAnswered(200, body);
    }

    private async Task<ProvisionOutcome> DeleteAsync(CardRequest card, CancellationToken cancellationToken)
    {
        await cards.DeleteAsync(card.Name, cancellationToken);
        return new CardAnswered(200, new JsonObject { ["message"] = $"The model card {card.Name} was deleted." });
    }

    private async Task<ProvisionOutcome> ListAsync(CardRequest card, CancellationToken cancellationToken)
    {
        var summaries = new JsonArray();
        var token = card.NextToken;
        for (var pages = 0; pages < PagesOfOneList && (pages == 0 || token is not null); pages++)
        {
            var page = await cards.ListAsync(token, cancellationToken);
            foreach (var summary in page.Summaries)
            {
                summaries.Add((JsonNode)summary);
            }

            token = page.NextToken;
        }

        var list = new JsonObject { ["ModelCardSummaries"] = summaries };
        if (token is not null)
        {
            list["NextToken"] = token;
        }

        return new CardAnswered(200, new JsonObject { ["message"] = list });
    }

    private async Task<ModelCard> GetAsync(CardRequest card, CancellationToken cancellationToken) =>
        await cards.FindAsync(card.Name, card.Version, cancellationToken) ?? throw CardProblems.NoCard(card);

    /// <summary>The content's text, within what SageMaker takes.</summary>
    private static string Text(JsonObject content)
    {
        const int limit = 100_000;
        var text = CardContent.Write(content);
        return text.Length <= limit ? text : throw CardProblems.TooLong(text.Length, limit);
    }

    /// <summary>
    /// Cheap, so that other requests are not read twice: the operation's name is in the text, unless an escape hides it.
    /// </summary>
    private static bool MayBeOne(ReadOnlySpan<byte> json) =>
        json.IndexOf("model_card"u8) >= 0 || json.IndexOf("MODEL_CARD"u8) >= 0 || json.IndexOf("\\u"u8) >= 0;
}
