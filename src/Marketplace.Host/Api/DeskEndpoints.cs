using Marketplace.Application.Desks;

namespace Marketplace.Host.Api;

public static class DeskEndpoints
{
    public static void MapDesks(this IEndpointRouteBuilder api)
    {
        api.MapQuery<GetDesk, DeskView>("/desk");
        api.MapQuery<GetAdministratorDesk, AdministratorDesk>("/administrator-desk");
    }
}
