using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class LabResultEndpoints
{
    public static void MapLabResults(this IEndpointRouteBuilder api)
    {
        api.MapTable(Tables.Results);
        api.MapQuery<CountResults, ResultCounts>("/catalog/facets");
        api.MapCommand<DraftResult>("/results");
        api.MapTable(Tables.OurResults);
        api.MapQuery<GetResult, ResultView>("/results/{result}");
        api.MapQuery<GetResultTimeline, IReadOnlyList<TimelineEntry>>("/results/{result}/timeline");
        api.MapCommand<ReviseDraft>("/results/{result}/revise");
        api.MapCommand<SubmitResult>("/results/{result}/submit");
        api.MapCommand<PriceResult>("/results/{result}/price");
        api.MapCommand<StartPublicNotice>("/results/{result}/notice");
        api.MapCommand<RaiseObjection>("/results/{result}/objections");
        api.MapCommand<AnswerObjection>("/results/{result}/objections/{number}/answer");
        api.MapCommand<SuspendResult>("/results/{result}/suspend");
        api.MapCommand<ResumeResult>("/results/{result}/resume");
        api.MapCommand<WithdrawResult>("/results/{result}/withdraw");
    }
}
