using Marketplace.Application.Needs;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class NeedEndpoints
{
    public static void MapNeeds(this IEndpointRouteBuilder api)
    {
        api.MapTable(Tables.Needs);
        api.MapCommand<PublishNeed>("/needs");
        api.MapQuery<GetNeed, NeedView>("/needs/{need}");
        api.MapQuery<GetNeedMatches, IReadOnlyList<ResultMatch>>("/needs/{need}/matches");
        api.MapCommand<ChangeNeed>("/needs/{need}/change");
        api.MapCommand<CloseNeed>("/needs/{need}/close");
        api.MapCommand<SuggestResult>("/needs/{need}/suggestions");
        api.MapCommand<AnswerSuggestion>("/needs/{need}/suggestions/{result}/answer");
        api.MapTable(Tables.OwnNeeds);
        api.MapTable(Tables.Suggestions);
        api.MapQuery<GetResultNeeds, IReadOnlyList<MatchingNeed>>("/results/{result}/needs");
    }
}
