package io.github.cameldaraja.simulator.results;

import io.github.cameldaraja.simulator.wire.Json;

/**
 * Writes results and timeouts.
 */
final class ResultWriter {

    private static final int WAITING = 1;

    private final Json json;

    ResultWriter(Json json) {
        this.json = json;
    }

    /** What belongs to the outcome, unless its script replaces it. */
    String truth(Job job) {
        ResultFate fate = job.fate();
        if (fate.look().body() != null) {
            return fate.look().body();
        }
        if (fate.timeout()) {
            return fate.echo() ? job.request().body() : timeout(job);
        }
        return write(job, job.outcome());
    }

    /** A result that claims another outcome. */
    String lie(Job job, Outcome claimed) {
        return write(job, claimed);
    }

    private String write(Job job, Outcome outcome) {
        ResultDraft draft = draft(job, outcome);
        job.service().describe(job, outcome, draft);
        return finish(job, draft);
    }

    /** Knows nothing of the outcome. */
    private String timeout(Job job) {
        String code = job.fate().code() == null ? "17" : job.fate().code();
        Outcome unknown = new Outcome(code, ResultTexts.of(code), "", job.outcome().at());
        return finish(job, draft(job, unknown).type(WAITING).codeAsText(true));
    }

    private static ResultDraft draft(Job job, Outcome outcome) {
        return new ResultDraft(job.fate().look().old(), outcome, job.originatorConversationId(),
                job.conversationId());
    }

    private String finish(Job job, ResultDraft draft) {
        ResultLook look = job.fate().look();
        if (job.fate().text() != null) {
            draft.text(job.fate().text());
        }
        look.edits().forEach(edit -> edit.accept(draft));
        String written = draft.write(json);
        return look.slashes() ? written.replace("/", "\\/") : written;
    }
}
