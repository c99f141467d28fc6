package io.github.cameldaraja.examples.chaos.plan;

/** Where something can go wrong. Each has dice of its own, so that what happens at one says nothing about another. */
enum Edge {
    ORDER, ENDING, ANSWER, CALLBACK, CONFIRMATION, QUERY, QUESTION_ANSWER, QUESTION_CALLBACK, TOKEN, PULL, NODE_KILL, DATABASE_KILL,
    STALL, STEP
}
