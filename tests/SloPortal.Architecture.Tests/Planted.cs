#pragma warning disable CA1812, CA1823, CA1852, IDE0051, CS0169, CS0649 // Planted on purpose: nobody uses them.
using Microsoft.AspNetCore.Components;

namespace Planted.Domain.Catalog
{
    /// <summary>An upper area that leans on a lower one, in a method body only.</summary>
    internal class ServiceThatKnowsItsBudget
    {
        public static object Read() => new List<Budgets.Budget>();
    }
}

namespace Planted.Domain.Budgets
{
    internal class Budget;

    internal class BudgetThatKnowsItsService
    {
        public Catalog.ServiceThatKnowsItsBudget? Service { get; set; }
    }
}

namespace Planted.Data.Catalog
{
    internal class Row;
}

namespace Planted.Web.Catalog
{
    [Route("/planted")]
    internal class PlantedPage : ComponentBase
    {
        internal Data.Catalog.Row? Row { get; set; }
    }
}

namespace Planted.Web.Measurement
{
    internal class PageThatUsesAnotherPage
    {
        internal static readonly Type Page = typeof(Catalog.PlantedPage);

        internal static void Show() => GC.KeepAlive(new Catalog.PlantedPage());
    }
}

namespace Planted.Application.Catalog
{
    internal class OperationWithoutActor
    {
        internal class Handler
        {
            public Task HandleAsync(CancellationToken ct) => Task.Delay(0, ct);
        }
    }
}
