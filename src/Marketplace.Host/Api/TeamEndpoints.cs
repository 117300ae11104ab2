using Marketplace.Application.Teams;

namespace Marketplace.Host.Api;

public static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        api.MapCommand<LeadOrganisation>("/organisations/{organisation}/lead");
        api.MapQuery<GetTeam, TeamView>("/team");
        api.MapCommand<InviteMember>("/team/invitations");
        api.MapCommand<WithdrawInvitation>("/team/invitations/{invitation}/withdraw");
        api.MapCommand<ChangeMemberRoles>("/team/members/{person}/roles");
        api.MapCommand<RemoveMember>("/team/members/{person}/remove");
        api.MapCommand<LeaveTeam>("/team/leave");
        api.MapQuestion<GetInvitation, InvitationView>("/invitations/{invitation}");
        api.MapCommand<JoinTeam>("/invitations/{invitation}/join");
    }
}
