using Microsoft.AspNetCore.Components;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Shared;

/// <summary>The summary over a form: why the operation was refused. The fields say it again beside themselves.</summary>
public partial class RefusalNote : ComponentBase
{
    [Parameter, EditorRequired] public Refusal? Refusal { get; set; }
}
