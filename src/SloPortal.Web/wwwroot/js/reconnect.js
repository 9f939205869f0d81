// Says in words what Blazor's connection does; the dialog is LostConnection.razor.
const dialog = document.getElementById("components-reconnect-modal");
const part = name => dialog.querySelector(`[data-reconnect=${name}]`);
let paused = false;

function say(name) {
  for (const other of ["trying", "failed", "paused"])
    part(other).hidden = other !== name;
  part("retry").textContent = name === "paused" ? "Continue" : "Try again now";
  if (dialog.open)
    return;
  // What is written into a timeline is kept and sent by the browser itself, so there nothing stands in the way of writing on.
  if (document.querySelector("[data-line]")) {
    const writing = document.activeElement;
    dialog.show();
    // Even a dialog that blocks nothing takes the focus.
    writing?.focus();
  } else
    dialog.showModal();
}

async function retry() {
  try {
    // False means that the portal answered and no longer knows this page; an exception that it did not answer.
    if ((!paused && await Blazor.reconnect()) || await Blazor.resumeCircuit())
      dialog.close();
    else
      location.reload();
  } catch {
    say("failed");
  }
}

dialog.addEventListener("components-reconnect-state-changed", event => {
  const { state, remote } = event.detail;
  paused = state === "paused" || state === "resume-failed";
  part("seconds").hidden = state !== "retrying";
  switch (state) {
    case "show":
    case "retrying": say("trying"); break;
    case "failed": say("failed"); break;
    case "paused": say("paused"); break;
    case "hide": dialog.close(); break;
    case "rejected": location.reload(); break;
    case "resume-failed": remote ? location.reload() : say("failed"); break;
  }
});

dialog.addEventListener("cancel", event => event.preventDefault());
part("retry").addEventListener("click", retry);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && dialog.open && !part("failed").hidden)
    retry();
});
